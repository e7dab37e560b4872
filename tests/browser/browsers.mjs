// browsers.mjs - the browsers that the tests drive, through one face: Chromium, or Firefox where TENON_TEST_BROWSER says so.
//
// Firefox is driven by WebDriver BiDi, for which Playwright has a driver that it does not show yet. What that does not do is done
// here: errors of a page are told in its console, and the mouse lets go of what it drags. It can neither go without scripts nor
// hold requests back nor touch nor choose dark colours. TENON_BROWSER_LATENCY makes what they ask for late (slow.mjs).
import playwright from 'playwright-core';
import { slow_line, slow_scripts } from './slow.mjs';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const PREFERENCES = { 'ui.prefersReducedMotion': 1, 'network.proxy.allow_hijacking_localhost': true };

export const is_firefox = process.env.TENON_TEST_BROWSER === 'firefox';

// `home` is a folder of one's own: Firefox refuses somebody else's.
export async function launch(home) {
    const line = await slow_line();
    const proxy = line ? { server: line } : undefined;
    if (is_firefox) return playwright._bidiFirefox.launch({
        executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', firefoxUserPrefs: PREFERENCES, proxy,
        env: { ...process.env, HOME: home }, timeout: 120_000,
    });
    const browser = await playwright.chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS, proxy,
    });
    slow_scripts(browser);
    return browser;
}

const TELL = () => {
    addEventListener('error', (event) => console.error(`uncaught: ${event.message}`));
    addEventListener('unhandledrejection', (event) => console.error(`uncaught: ${event.reason}`));
    addEventListener('securitypolicyviolation', (event) => {
        const by_driver = /eval$/.test(decodeURIComponent(event.sourceFile)); // its screenshots bring a style
        if (!by_driver) console.error(`${event.violatedDirective} refuses ${event.blockedURI}`);
    });
};

// A context as newContext() makes it.
export async function context_of(browser, { touch = false, scripts = true, ...options }) {
    if (!is_firefox) return browser.newContext({ ...options, javaScriptEnabled: scripts, hasTouch: touch, isMobile: touch });
    const context = await browser.newContext(options);
    await context.addInitScript(TELL);
    return context;
}

// Drags by the mouse until the drop has been seen.
export async function drag(page, from, to) {
    await from.scrollIntoViewIfNeeded();
    const [a, b] = [await from.boundingBox(), await to.boundingBox()];
    const start = { x: a.x + a.width / 3, y: a.y + a.height - 8 };
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 8, start.y + 8, { steps: 4 });
    await page.mouse.move(b.x + b.width / 2, b.y + Math.min(b.height / 2, 120), { steps: 12 });
    await page.waitForTimeout(100);
    await page.mouse.up();
    // Firefox begins a drag for its driver, and moves it, but does not end it: w3c/webdriver-bidi#487.
    if (is_firefox) await page.locator('.sortable-chosen').evaluate((dragged) => {
        for (const type of ['drop', 'dragend']) dragged.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true }));
    });
}
