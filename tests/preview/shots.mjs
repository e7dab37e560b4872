// shots.mjs - serves build/preview on 127.0.0.1 and takes pictures of its pages with chromium, desktop and phone:
// node tests/preview/shots.mjs [NAME...]; they land in build/preview/shots.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';

const DIR = path.resolve('build/preview');
const TYPES = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2',
};
const CSP = "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; base-uri 'none'";
const run = promisify(execFile);

const server = http.createServer((request, response) => {
    const file = path.join(DIR, path.normalize(new URL(request.url, 'http://x').pathname));
    if (!file.startsWith(DIR + path.sep) || !fs.existsSync(file)) {
        response.writeHead(404).end();
        return;
    }
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': CSP });
    response.end(fs.readFileSync(file));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();
const out = path.join(DIR, 'shots');
fs.mkdirSync(out, { recursive: true });

async function shoot(page, suffix, size, scale) {
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--hide-scrollbars'];
    await run('chromium', [...flags,
        `--screenshot=${path.join(out, `${page}.${suffix}.png`)}`, `--window-size=${size}`,
        `--force-device-scale-factor=${scale}`,
        `http://127.0.0.1:${port}/${page}.html`]);
}

const wanted = process.argv.slice(2);
const pages = fs.readdirSync(DIR).filter((f) => f.endsWith('.html')).map((f) => f.slice(0, -5));
for (const page of pages.filter((p) => wanted.length === 0 || wanted.includes(p))) {
    await shoot(page, 'wide', '1440,900', 1);
    if (page.endsWith('light')) await shoot(page, 'phone', '390,844', 2);
}
server.close();
