// chromium.mjs - drives a headless chromium over its debugging pipe, without a package: open a page, run code in it, press keys.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CPU, slow_line } from './slow.mjs';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run',
    '--remote-debugging-pipe'];

class Pipe {
    constructor(child) {
        this.out = child.stdio[3];
        this.waiting = new Map();
        this.listeners = [];
        this.next = 1;
        let rest = '';
        child.stdio[4].setEncoding('utf8').on('data', (chunk) => {
            const parts = (rest + chunk).split('\0');
            rest = parts.pop();
            parts.forEach((part) => this.receive(JSON.parse(part)));
        });
    }

    receive(message) {
        const waiter = this.waiting.get(message.id);
        if (!waiter) {
            this.listeners.forEach((listener) => listener(message));
            return;
        }
        this.waiting.delete(message.id);
        if (message.error) waiter.reject(new Error(message.error.message));
        else waiter.resolve(message.result);
    }

    send(method, params = {}, sessionId = undefined) {
        const id = this.next++;
        this.out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    }
}

const explain = (details) => details.exception?.description ?? details.text;

export class Page {
    constructor(pipe, session) {
        this.pipe = pipe;
        this.session = session;
        this.problems = []; // console errors, exceptions, refused by the CSP
        pipe.listeners.push((message) => this.notice(message));
    }

    notice({ method, params, sessionId }) {
        if (sessionId !== this.session) return;
        if (method === 'Runtime.exceptionThrown') this.problems.push(explain(params.exceptionDetails));
        if (method === 'Log.entryAdded' && params.entry.level === 'error') this.problems.push(params.entry.text);
        if (method === 'Runtime.consoleAPICalled' && params.type === 'error')
            this.problems.push(params.args.map((a) => a.value ?? a.description).join(' '));
    }

    send(method, params) { return this.pipe.send(method, params, this.session); }

    /* Ends when the page has come and the scripts that it fetches for itself listen. */
    async open(url, { scripts = true } = {}) {
        await this.send('Page.navigate', { url });
        const ended = scripts ? "document.documentElement.dataset.scripts === 'ready'" : "document.readyState === 'complete'";
        await this.until(ended);
    }

    /* The value of an expression in the page; promises are awaited. */
    async run(expression) {
        const how = { expression, awaitPromise: true, returnByValue: true };
        const { result, exceptionDetails } = await this.send('Runtime.evaluate', how);
        if (exceptionDetails) throw new Error(explain(exceptionDetails));
        return result.value;
    }

    async until(expression, milliseconds = 60_000) {
        const end = Date.now() + milliseconds;
        for (;;) {
            try {
                if (await this.run(expression)) return;
            } catch { /* the page is on its way to another */ }
            if (Date.now() > end) throw new Error(`never true: ${expression}`);
            await new Promise((resolve) => { setTimeout(resolve, 25); });
        }
    }

    async click(selector) {
        const at = await this.run(`(() => { const r = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
            return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()`);
        for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased'])
            await this.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
    }

    async press(key, modifiers = 0) {
        const text = key.length === 1 && !modifiers ? key : undefined;
        const code = key.length === 1 ? key.toUpperCase().charCodeAt(0) : { Enter: 13, Escape: 27, Tab: 9 }[key];
        await this.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, modifiers, windowsVirtualKeyCode: code });
        await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key, modifiers, windowsVirtualKeyCode: code });
    }

    async drag(from, to) {
        const [a, b] = await this.run(`[${JSON.stringify(from)}, ${JSON.stringify(to)}].map((s) => {
            const r = document.querySelector(s).getBoundingClientRect();
            return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })`);
        const mouse = (type, at, buttons) =>
            this.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', buttons, clickCount: 1 });
        await mouse('mouseMoved', a, 0);
        await mouse('mousePressed', a, 1);
        for (let i = 1; i <= 10; i++) {
            const part = i / 10;
            await mouse('mouseMoved', { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }, 1);
            await new Promise((resolve) => { setTimeout(resolve, 30); });
        }
        await mouse('mouseReleased', b, 0);
    }
}

export class Browser {
    static async start() {
        const browser = new Browser();
        browser.profile = fs.mkdtempSync(path.join(os.tmpdir(), 'tenon-chromium-'));
        const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'];
        const line = await slow_line();
        const slow = line ? [`--proxy-server=${line}`, '--proxy-bypass-list=<-loopback>'] : [];
        browser.child = spawn('chromium', [...FLAGS, ...slow, `--user-data-dir=${browser.profile}`], { stdio });
        browser.pipe = new Pipe(browser.child);
        return browser;
    }

    async page({ width = 1440, height = 900, scripts = true } = {}) {
        const { targetId } = await this.pipe.send('Target.createTarget', { url: 'about:blank' });
        const { sessionId } = await this.pipe.send('Target.attachToTarget', { targetId, flatten: true });
        const page = new Page(this.pipe, sessionId);
        for (const domain of ['Page', 'Runtime', 'Log']) await page.send(`${domain}.enable`);
        await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
        await page.send('Emulation.setScriptExecutionDisabled', { value: !scripts });
        if (CPU > 1) await page.send('Emulation.setCPUThrottlingRate', { rate: CPU });
        return page;
    }

    async stop() {
        const gone = new Promise((resolve) => { this.child.once('exit', resolve); });
        await this.pipe.send('Browser.close');
        await gone;
        fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
    }
}
