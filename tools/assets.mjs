// assets.mjs - bundles web/ for the browser and embeds it: node tools/assets.mjs OUT.c [--pseudo] PO...
//
// web/css/app.css with what it imports and a class .i-NAME for each web/icons/NAME.svg becomes app.css; web/js/app.js with
// its packages becomes app.js, each of MODULES a file that app.js fetches where a page needs it; the fonts and web/brand come
// along as they are. Each gets a hash of its content in its path, a brotli and a gzip form where that helps, and a row of the
// table in assets.h. Above the budget the build fails. words-de.js is what scripts say in German (base/lang.h).
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { languages, script_words } from './lang.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
// web/js/NAME.js; see web/js/load.js
const MODULES = ['board', 'calendar', 'dialog', 'form', 'list', 'palette', 'record', 'select'];
// gzip, the larger of the two forms. What every page fetches; a module counts for itself, as only the pages that need it
// fetch it, and what they show is there before.
const BUDGET = { 'app.css': 30 * 1024, 'app.js': 20 * 1024 };
for (const name of MODULES) BUDGET[`${name}.js`] = 16 * 1024;
const TYPES = {
    '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
    '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json',
};
const FONTS = 'node_modules/@fontsource-variable/inter/files';

const at = (...parts) => path.join(ROOT, ...parts);

/* "/assets/NAME" in a bundled text becomes the path with the hash. */
function link(text, assets) {
    return text.replace(/\/assets\/([\w.-]+)/g, (whole, name) => {
        const asset = assets.find((a) => a.name === name);
        if (!asset) throw new Error(`${whole}: there is no such asset`);
        return asset.path;
    });
}

function make(name, body) {
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
    const { name: stem, ext } = path.parse(name);
    if (!TYPES[ext]) throw new Error(`${name}: unknown type`);
    const url = `/assets/${stem}.${hash.slice(0, 8)}${ext}`;
    const asset = { name, path: url, type: TYPES[ext], hash, body, br: null, gz: null };
    if (ext === '.woff2' || ext === '.png') return asset;
    const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: body.length };
    const br = zlib.brotliCompressSync(body, { params });
    const gz = zlib.gzipSync(body, { level: 9 });
    if (br.length < body.length * 0.95) asset.br = br;
    if (gz.length < body.length * 0.95) asset.gz = gz;
    return asset;
}

/* Icons are masks: only their shape counts, so the colour of the stroke is dropped into a data: URL as it is. */
function icon_css() {
    const files = fs.readdirSync(at('web/icons')).filter((f) => f.endsWith('.svg')).sort();
    const rules = files.map((file) => {
        const text = fs.readFileSync(at('web/icons', file), 'utf8').trim();
        const svg = text.replace(/"/g, "'").replace(/[<>#%{}]/g, encodeURIComponent);
        return `.i-${path.parse(file).name}{--i:url("data:image/svg+xml,${svg}")}`;
    });
    return `@layer icons{${rules.join('')}}`;
}

async function bundle_css(assets) {
    const built = await esbuild.build({
        entryPoints: [at('web/css/app.css')], bundle: true, minify: true, write: false, metafile: true, external: ['/assets/*'],
        logLevel: 'warning', absWorkingDir: ROOT,
    });
    const used = new Set(Object.keys(built.metafile.inputs).map((f) => path.basename(f)));
    const forgotten = fs.readdirSync(at('web/css')).filter((f) => f.endsWith('.css') && !used.has(f));
    if (forgotten.length) throw new Error(`web/css/app.css does not import ${forgotten.join(', ')}`);
    const icons = await esbuild.transform(icon_css(), { loader: 'css', minify: true });
    return Buffer.from(link(built.outputFiles[0].text.trimEnd() + icons.code, assets));
}

async function bundle_js(name, format, assets) {
    const built = await esbuild.build({
        entryPoints: [at('web/js', name)], bundle: true, minify: true, write: false, format, target: 'es2022',
        external: ['/assets/*'], legalComments: 'none', logLevel: 'warning', absWorkingDir: ROOT,
    });
    return Buffer.from(link(built.outputFiles[0].text, assets));
}

async function collect(words) {
    const assets = [];
    const read = (...parts) => fs.readFileSync(at(...parts));
    for (const range of ['latin', 'latin-ext'])
        assets.push(make(`inter-${range}.woff2`, read(FONTS, `inter-${range}-opsz-normal.woff2`)));
    const brand = fs.readdirSync(at('web/brand')).sort();
    const names_others = (name) => name.endsWith('.webmanifest');
    for (const name of brand.filter((n) => !names_others(n))) assets.push(make(name, read('web/brand', name)));
    for (const name of brand.filter(names_others)) {
        const text = JSON.stringify(JSON.parse(read('web/brand', name)));
        assets.push(make(name, Buffer.from(link(text, assets))));
    }
    assets.push(make('app.css', await bundle_css(assets)));
    for (const name of MODULES) assets.push(make(`${name}.js`, await bundle_js(`${name}.js`, 'esm', assets)));
    assets.push(make('app.js', await bundle_js('app.js', 'iife', assets)));
    for (const language of words) assets.push(make(`words-${language.tag}.js`, Buffer.from(script_words(language))));
    assets.push(make('worker.js', await bundle_js('worker.js', 'iife', assets)));
    return assets.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/* C that takes the bytes in by .incbin: no compiler has to read them. */
function embed(assets, dir) {
    const c = ['/* Made by tools/assets.mjs. */', '#include "base/assets.h"', ''];
    const rows = [];
    assets.forEach((asset, i) => {
        const forms = {};
        for (const form of ['body', 'br', 'gz']) {
            forms[form] = '{"", 0}';
            if (!asset[form]) continue;
            const symbol = `asset_${i}_${form}`;
            const file = path.join(dir, path.basename(asset.path) + (form === 'body' ? '' : `.${form}`));
            fs.writeFileSync(file, asset[form]);
            c.push('__asm__(".pushsection .rodata\\n.balign 16\\n"',
                `        ".globl ${symbol}\\n.hidden ${symbol}\\n${symbol}:\\n"`,
                `        ".incbin \\"${file}\\"\\n.popsection\\n");`,
                `extern const char ${symbol}[] __attribute__((visibility("hidden")));`);
            forms[form] = `{${symbol}, ${asset[form].length}}`;
        }
        const str = (text) => `STR_INIT("${text}")`;
        rows.push(`    {.name = ${str(asset.name)}, .path = ${str(asset.path)}, .type = ${str(asset.type)},`,
            `     .body = ${forms.body}, .br = ${forms.br}, .gz = ${forms.gz}, .etag = "\\"${asset.hash}\\""},`);
    });
    c.push('', 'const struct asset asset_table[] = {', ...rows, '};', `const size_t asset_count = ${assets.length};`, '');
    return c.join('\n');
}

function report(assets) {
    const kb = (bytes) => (bytes ? `${(bytes.length / 1024).toFixed(1)} KB` : '-').padStart(10);
    for (const a of assets) console.log(`${a.path.padEnd(42)}${kb(a.body)}  br${kb(a.br)}  gz${kb(a.gz)}`);
    const over = assets.filter((a) => BUDGET[a.name] && (a.gz ?? a.body).length > BUDGET[a.name]);
    for (const a of over) console.error(`${a.name} is above its budget of ${BUDGET[a.name] / 1024} KB`);
    return over.length === 0;
}

const [out, ...po] = process.argv.slice(2).filter((arg) => arg !== '--pseudo');
if (!out) throw new Error('usage: assets.mjs OUT.c [--pseudo] PO...');
const assets = await collect(languages(po, process.argv.includes('--pseudo')));
if (!report(assets)) process.exit(1);
const dir = path.join(path.dirname(out), 'assets');
fs.rmSync(dir, { recursive: true, force: true });
fs.mkdirSync(dir, { recursive: true });
fs.writeFileSync(out, embed(assets, dir));
