// The frame in a browser, on the preview pages (make preview first): moving between pages, forms, keys, dialogs, the CSP.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Browser } from './chromium.mjs';

const DIR = path.resolve('build/preview');
if (!fs.existsSync(path.join(DIR, 'list.light.html'))) throw new Error('There are no preview pages: run make preview first.');
const CSP = "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; base-uri 'none'";
const TYPES = {
    '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2', '.webmanifest': 'application/json',
};
const PAGES = {
    '/leads': 'list.light', '/leads/new': 'form.light', '/login': 'login.light',
    '/clients': 'empty.light', '/board': 'board.light',
};

let browser, server, origin;
let requests = []; // { method, url, headers, body }

const file = (name) => fs.readFileSync(path.join(DIR, name));

function answer(request, response, body) {
    const { pathname } = new URL(request.url, 'http://x');
    requests.push({ method: request.method, url: request.url, headers: request.headers, body });
    const html = (status, name) => {
        response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': CSP });
        response.end(file(`${name}.html`));
    };
    if (pathname.startsWith('/assets/')) {
        response.writeHead(200, { 'Content-Type': TYPES[path.extname(pathname)] ?? 'application/octet-stream' });
        response.end(file(pathname.slice(1)));
    } else if (request.method === 'POST' && pathname === '/leads') html(422, 'form.light');
    else if (request.method === 'POST' && pathname.startsWith('/refuse/')) response.writeHead(409).end();
    else if (request.method === 'POST' && pathname.endsWith('/stage')) {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"undo":7}');
    } else if (pathname.startsWith('/ask/')) html(request.method === 'POST' ? 422 : 200, 'form.light');
    else if (request.method === 'POST') response.writeHead(303, { Location: '/leads' }).end();
    else if (PAGES[pathname]) html(200, PAGES[pathname]);
    else html(404, 'error.light');
}

before(async () => {
    server = http.createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => { body += chunk; }).on('end', () => answer(request, response, body));
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    origin = `http://127.0.0.1:${server.address().port}`;
    browser = await Browser.start();
});
after(async () => {
    await browser.stop();
    server.closeAllConnections();
    server.close();
});

async function open(url, options) {
    requests = [];
    const page = await browser.page(options);
    await page.open(origin + url, options);
    return page;
}
const posted = (url) => requests.find((r) => r.method === 'POST' && r.url === url);
async function until_posted(url) {
    for (let i = 0; i < 3000 && !posted(url); i++) await new Promise((resolve) => { setTimeout(resolve, 20); });
    return posted(url);
}

test('pages load without errors or violations of the content policy', async () => {
    for (const url of Object.keys(PAGES)) {
        const page = await open(url);
        assert.deepEqual(page.problems, [], url);
        assert.equal(await page.run('document.fonts.ready.then(() => document.fonts.check("13px Inter Variable"))'), true);
    }
});

test('a link morphs the page instead of loading it, and back returns', async () => {
    const page = await open('/leads');
    await page.run('window.same = true');
    await page.click('.sidebar a[href="/clients"]');
    await page.until('location.pathname === "/clients" && document.querySelector(".empty")');
    assert.equal(await page.run('window.same'), true);
    await page.until('document.activeElement.id === "main"');
    await page.until('!document.querySelector(".app").classList.contains("htmx-request")');
    await page.run('history.back()');
    await page.until('location.pathname === "/leads" && document.querySelector(".table")');
    assert.equal(await page.run('window.same'), true);
    assert.deepEqual(page.problems, []);
});

test('the scroll of a list is there again after going away and back', async () => {
    const page = await open('/leads', { height: 500 });
    await page.run('document.querySelector(".scroll").scrollTop = 200');
    await page.click('.sidebar a[href="/clients"]');
    await page.until('document.querySelector(".empty")');
    await page.run('history.back()');
    await page.until('document.querySelector(".scroll")?.scrollTop === 200');
});

test('a form that is refused comes back with its summary focused and keeps its address', async () => {
    const page = await open('/leads/new');
    await page.run('document.getElementById("f-company").value = "Marrow & Vine"; document.getElementById("f-company").focus()');
    await page.click('.form-actions .primary');
    await page.until('document.activeElement?.matches("[data-error-summary]")');
    assert.equal(await page.run('location.pathname'), '/leads/new');
    const sent = posted('/leads');
    assert.equal(sent.headers['x-csrf-token'], 'token');
    assert.equal(new URLSearchParams(sent.body).get('company'), 'Marrow & Vine');
    assert.equal(new URLSearchParams(sent.body).get('_csrf'), 'token');
});

test('without scripts links and forms are plain ones', async () => {
    const page = await open('/leads/new', { scripts: false });
    await page.click('.form-actions .primary');
    assert.equal(new URLSearchParams((await until_posted('/leads')).body).get('_csrf'), 'token');
});

test('a link with data-dialog opens its form over the work and gives the focus back', async () => {
    const page = await open('/leads');
    await page.click('a[data-dialog]');
    await page.until('document.querySelector("dialog[open] form")');
    assert.equal(await page.run('document.querySelector("dialog[open] h2").textContent'), 'New lead');
    assert.equal(await page.run('location.pathname'), '/leads');
    await page.click('dialog .primary');
    await page.until('document.querySelector("dialog[open] [data-error-summary]")?.matches(":focus")');
    await page.press('Escape');
    await page.until('!document.querySelector("dialog")');
    assert.equal(await page.run('document.activeElement.matches("a[data-dialog]")'), true);
    assert.deepEqual(page.problems.filter((p) => !p.includes('422')), []);
});

test('rows are chosen singly, as a range and all, and the bar counts them', async () => {
    const page = await open('/leads');
    await page.until('document.documentElement.dataset.scripts === "ready"');
    await page.click('tbody tr:nth-child(2) .check');
    assert.equal(await page.run('document.querySelector("[data-count]").textContent'), '1 selected');
    await page.run(`document.querySelector('tbody tr:nth-child(5) .check')
        .dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: true }))`);
    assert.equal(await page.run('document.querySelector("[data-count]").textContent'), '4 selected');
    assert.equal(await page.run('document.querySelector("[data-all]").indeterminate'), true);
    await page.click('[data-all]');
    assert.equal(await page.run('document.querySelector("[data-count]").textContent'), '22 selected');
    await page.press('Escape');
    assert.equal(await page.run('document.querySelectorAll("tr[aria-selected]").length'), 0);
});

test('the chosen rows are sent with the button of the bar', async () => {
    const page = await open('/leads');
    await page.until('document.documentElement.dataset.scripts === "ready"');
    await page.click('tbody tr:nth-child(2) .check');
    await page.click('.bulkbar button[value=assign]');
    const sent = new URLSearchParams((await until_posted('/leads/bulk')).body);
    assert.deepEqual([sent.getAll('id'), sent.get('action')], [['1'], 'assign']);
});

test('keys move along rows, go to places and stay out of fields', async () => {
    const page = await open('/leads');
    await page.press('j');
    await page.press('j');
    assert.equal(await page.run('document.activeElement.getAttribute("href")'), '/leads/1');
    await page.press('x');
    assert.equal(await page.run('document.querySelector("[data-count]").textContent'), '1 selected');
    await page.press('k');
    assert.equal(await page.run('document.activeElement.getAttribute("href")'), '/leads/0');
    await page.run('document.querySelector("h1").dataset.old = "true"');
    await page.press('g');
    await page.press('l');
    await page.until('document.querySelector("h1:not([data-old])")');
    assert.equal(await page.run('location.pathname'), '/leads');
    await page.press('c');
    await page.until('document.querySelector("dialog[open]")');
    const form = await open('/leads/new');
    await form.run('document.getElementById("f-phone").focus()');
    await form.press('g');
    await form.press('l');
    assert.equal(await form.run('document.getElementById("f-phone").value'), 'gl5550 0187');
    assert.equal(await form.run('location.pathname'), '/leads/new');
});

test('a message passes after six seconds, undo is a form', async () => {
    const page = await open('/leads');
    assert.equal(await page.run('document.querySelector(".toast form").method'), 'post');
    // It has stood for at most as long as the page is there.
    const gone = await page.run(`new Promise((resolve) => {
        const look = () => (document.querySelector('.toast') ? setTimeout(look, 20) : resolve(performance.now()));
        look();
    })`);
    assert.ok(gone >= 6000, `after ${gone} ms`);
});

test('a password can be shown', async () => {
    const page = await open('/login');
    await page.click('[data-reveal]');
    assert.equal(await page.run('document.getElementById("f-password").type'), 'text');
    assert.equal(await page.run('document.querySelector("[data-reveal]").getAttribute("aria-pressed")'), 'true');
});

test('a dragged card is sent, and one that is refused goes back with a message', async () => {
    const page = await open('/board');
    await page.drag('[data-id="1"]', '[data-lane="won"]');
    const sent = await until_posted('/leads/1/stage');
    assert.equal(new URLSearchParams(sent.body).get('stage'), 'won');
    assert.equal(sent.headers['x-csrf-token'], 'token');
    const other = await open('/board');
    await other.drag('[data-id="2"]', '[data-lane="won"]');
    await other.until('document.querySelector(".toast.bad")');
    assert.equal(await other.run('document.querySelector("[data-id=\\"2\\"]").parentNode.dataset.lane'), 'new');
});

test('a stage that wants to know more opens its form, and so do M and the card\'s button', async () => {
    const page = await open('/board');
    await page.drag('[data-id="3"]', '[data-lane="new"]');
    await page.until('document.querySelector("dialog[open] form")');
    assert.ok(requests.some((r) => r.method === 'GET' && r.url === '/ask/3?stage=new'));
    assert.equal(await page.run('document.querySelector("[data-id=\\"3\\"]").parentNode.dataset.lane'), 'won');
    await page.press('Escape');
    await page.until('!document.querySelector("dialog")');
    await page.run('document.querySelector("[data-id=\\"3\\"] h3 a").focus()');
    await page.press('m');
    await page.until('document.querySelector("dialog[open] form")');
});

test('nothing scrolls sideways at 320 px', async () => {
    for (const url of ['/leads', '/leads/new', '/login', '/clients']) {
        const page = await open(url, { width: 320, height: 640 });
        assert.ok(await page.run('document.documentElement.scrollWidth <= 320'), url);
    }
});
