// page_times.mjs - how long the server itself works on each page of the demo company: processor time of its threads, which other
// programs on the machine hardly change, as the median of several requests one after the other.
//
//     const pages = await PageTimes.start(program);
//     for (const path of await pages.all()) console.log(path, await pages.time(path)); // milliseconds
//     await pages.stop();
//
// By itself, after make: node tests/bench/page_times.mjs prints the slowest pages, and entities' lists beside that of the leads.
import { resolve } from 'node:path';
import { fetchedCookie } from '../http/browser.mjs';
import { processor } from '../http/machine.mjs';
import { Client, Tenon } from '../http/support.mjs';

const PROGRAM = resolve('build/release/tenon');
const REQUESTS = 7;
// What is no page: parts of pages, downloads, what is for programs.
const PART = new RegExp('/(pick|export|columns|sort|view|field|cards|content|move)$'
    + '|^/(palette|healthz|readyz|robots.txt|favicon.ico|worker.js|manifest.webmanifest|offline)$');

export const median = (numbers) => [...numbers].sort((x, y) => x - y)[numbers.length >> 1];

export class PageTimes {
    static async start({ size = 1 } = {}) {
        const pages = new PageTimes();
        const tenon = pages.tenon = new Tenon();
        tenon.program = PROGRAM;
        try {
            await tenon.migrate();
            pages.demo = await tenon.cli('demo', '--business', 'solar', '--size', String(size));
            const [chief] = pages.demo.users;
            pages.api = new Client(tenon, (await tenon.cli('key', 'create', '--user', chief.email)).key);
            await tenon.start();
            const body = new URLSearchParams({ email: chief.email, password: pages.demo.password });
            const answer = await fetch(`${tenon.url}/login`, { method: 'POST', body, redirect: 'manual' });
            pages.cookie = fetchedCookie(answer);
        } catch (error) {
            await tenon.halt('SIGKILL');
            throw error;
        }
        return pages;
    }

    stop() { return this.tenon.stop(); }

    async entities() { return (await this.tenon.cli('schema')).entities; }

    // Every page that is not a part of another: of entities that have records the record and its form too.
    async all() {
        const { routes } = await this.tenon.cli('routes');
        const paths = ['/?by=quarter', '/search?q=solar', '/leads?q=solar', '/leads?sort=-estimated_value', '/leads?trash=true'];
        const first = new Map();
        for (const { method, path, flags } of routes) {
            if (method !== 'GET' || flags.includes('api') || flags.includes('stream') || PART.test(path)) continue;
            const name = path.split('/')[1];
            if (path.includes('{id}') && !first.has(name)) {
                const answer = await this.api.get(`/${name}?limit=1`);
                first.set(name, answer.json?.data?.[0]?.id);
            }
            if (path.includes('{id}') && !first.get(name)) continue;
            paths.push(path.replace('{id}', first.get(name)).replace('{name}', 'leads'));
        }
        return paths;
    }

    async get(path) {
        const answer = await fetch(this.tenon.url + path, { headers: { cookie: this.cookie }, redirect: 'manual' });
        return { status: answer.status, text: await answer.text() };
    }

    // What it has worked, once it rests.
    async rested() {
        for (let last = NaN, now = 0; ; last = now) {
            now = processor(this.tenon.server.pid);
            if (now === last) return now;
            await new Promise((done) => { setTimeout(done, 1); });
        }
    }

    // Milliseconds; NaN for what the company has switched off, or leads elsewhere.
    async time(path) {
        const { status, text } = await this.get(path);
        if (status >= 500) throw new Error(`${path}: ${status} ${text.slice(0, 200)}`);
        if (status !== 200) return NaN;
        const times = [];
        for (let i = 0; i < REQUESTS; i++) {
            const before = await this.rested();
            await this.get(path);
            times.push(await this.rested() - before);
        }
        return median(times);
    }
}

async function main() {
    const pages = await PageTimes.start({ size: Number(process.env.BENCH_SIZE ?? 1) });
    const figures = [];
    for (const path of await pages.all()) figures.push({ path, ms: await pages.time(path) });
    const shown = figures.filter((f) => f.ms > 0).sort((x, y) => y.ms - x.ms);
    console.log(`${shown.length} pages; the slowest, in ms of the server's own time:`);
    for (const f of shown.slice(0, 15)) console.log(`${f.ms.toFixed(2).padStart(8)}  ${f.path}`);
    const leads = shown.find((f) => f.path === '/leads').ms;
    const names = new Set((await pages.entities()).map((entity) => `/${entity.name}`));
    console.log(`lists, beside ${leads.toFixed(2)} ms of /leads:`);
    for (const f of shown.filter((f) => names.has(f.path)).slice(0, 15))
        console.log(`${(f.ms / leads).toFixed(2).padStart(8)}  ${f.path}`);
    await pages.stop();
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
