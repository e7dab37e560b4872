// company.mjs - browsers on a running Tenon with the demo company in it: one server and one database a test file.
//
//     const company = await Company.start();
//     const page = await company.open('/leads', { who: 'priya', width: 390, scripts: false });
//     ...
//     await company.stop();                     // fails where a page wrote to its console
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client, Tenon } from '../http/support.mjs';
import { context_of, launch } from './browsers.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// What a refused form looks like in the console; and that one person has only so many pages that listen.
const EXPECTED = /status of (401|404|409|422)|429.*\/events$/;
// What Chromium says of its own fade between two pages where the next one comes meanwhile.
export const FADE = /Transition was (aborted|skipped)/;

const WATCH = () => {
    window.moved = 0;
    if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return;
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
    }).observe({ type: 'layout-shift', buffered: true });
};

// Once the scripts that a page fetches for itself listen.
export const ready = (page) => page.waitForFunction(() => {
    return document.documentElement.dataset.scripts === 'ready' || !document.querySelector('script[src*="/app."]');
});

// Reads until it is `wanted`: for what an action brings about later, or a page that is still being read.
export async function becomes(read, wanted, milliseconds = 30_000) {
    const end = Date.now() + milliseconds;
    for (;;) {
        try {
            assert.deepEqual(await read(), wanted);
            return;
        } catch (error) {
            if (Date.now() > end) throw error;
        }
        await new Promise((done) => { setTimeout(done, 50); });
    }
}

// Whatever loads a page here ends when it is ready.
export function listening(page) {
    for (const way of ['goto', 'reload', 'goBack', 'goForward']) {
        const load = page[way].bind(page);
        page[way] = async (...options) => {
            const answer = await load(...options);
            await ready(page);
            return answer;
        };
    }
}

export class Company {
    // With `fill`, instead of the demo company one of so many plain leads, whose users are admin, agent1 to agent5.
    static async start({ fill = 0 } = {}) {
        const company = new Company();
        company.tenon = new Tenon();
        company.problems = [];
        company.cookies = new Map();
        try {
            if (fill) {
                await company.tenon.migrate();
                company.demo = await company.tenon.cli('demo', '--fill', String(fill));
                company.demo.users = ['admin', 'agent1'].map((who) => ({ email: `${who}@bench001.example` }));
            } else {
                company.demo = await company.tenon.demo();
            }
            const key = await company.tenon.cli('key', 'create', '--user', company.mail(fill ? 'admin' : 'nora'));
            company.api = new Client(company.tenon, key.key);
            await company.tenon.start();
            company.browser = await launch(company.tenon.dir);
        } catch (error) {
            await company.tenon.halt('SIGKILL');
            throw error;
        }
        return company;
    }

    async stop() {
        await this.browser.close();
        await this.tenon.stop();
        assert.deepEqual(this.problems, []);
    }

    // Closes all pages. Each holds a connection as long as it is seen, and Firefox has six for all of them.
    async leave() { await Promise.all(this.browser.contexts().map((context) => context.close())); }

    mail(who) { return this.demo.users.find((user) => user.email.startsWith(`${who}@`)).email; }

    // Signs in as a person does, once for each, and returns the session's cookie.
    async cookie(who) {
        if (!this.cookies.has(who)) {
            const body = new URLSearchParams({ email: this.mail(who), password: this.demo.password });
            const answer = await fetch(`${this.tenon.url}/login`, { method: 'POST', body, redirect: 'manual' });
            const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=');
            this.cookies.set(who, { name, value, url: this.tenon.url });
        }
        return this.cookies.get(who);
    }

    // With `who` null nobody has signed in.
    async open(path, how = {}) {
        const { who = 'priya', width = 1440, height = 900, theme = 'light', scripts = true, touch = false, worker = false } = how;
        const context = await context_of(this.browser, {
            baseURL: this.tenon.url, viewport: { width, height }, colorScheme: theme, scripts, touch,
            reducedMotion: 'reduce', serviceWorkers: worker ? 'allow' : 'block',
        });
        context.setDefaultTimeout(30_000);
        if (who) await context.addCookies([await this.cookie(who)]);
        const page = await context.newPage();
        if (scripts) await page.addInitScript(WATCH);
        const note = (words) => {
            if (!EXPECTED.test(words) && !FADE.test(words)) this.problems.push(`${page.url()}: ${words}`);
        };
        page.on('console', (message) => { if (message.type() === 'error') note(`${message.text()} ${message.location().url}`); });
        page.on('pageerror', (error) => note(error.message));
        if (scripts) listening(page);
        await page.goto(path);
        return page;
    }

    // The first of an entity's rows that fits.
    async one(entity, query = '') {
        return (await this.api.get(`/${entity}?limit=1&${query}`)).json.data[0];
    }
    async status(name) { return (await this.one('lead_statuses', `filter[name]=${encodeURIComponent(name)}`)).id; }
}

// The rules of accessibility that a page breaks, each with the first place where it does; `rules` limits them.
export async function axe(page, rules) {
    const options = { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) };
    const all = await page.evaluate(`${AXE};axe.run(${JSON.stringify(options)})`);
    return all.violations.map((rule) => `${rule.id}: ${rule.nodes[0].target.join(' ')}`);
}

// How far the page has moved under the reader's eyes, but for what they asked for themselves.
export const shifts = (page) => page.evaluate('window.moved');

export const sideways = (page) => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
