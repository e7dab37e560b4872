// The pages in a browser, with the demo company: nothing in the console, no fault that axe-core knows, no sideways scroll,
// light, dark and on a phone; and what people do on them, with and without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tenon } from '../http/support.mjs';
import { launch } from './browsers.mjs';
import { FADE, listening } from './company.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MODES = {
    light: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
    dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
    phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true },
};
// The dark page is the light one in other colours, the phone's the light one in another shape.
const CONTRAST = 'color-contrast';
const ASKED = {
    light: { runOnly: RULES },
    dark: { runOnly: [CONTRAST] },
    phone: { runOnly: RULES, rules: { [CONTRAST]: { enabled: false } } },
};
const OUTSIDE = ['/login', '/login/forgot', '/docs/api', '/docs/api/leads'];

const tenon = new Tenon();
let browser, demo, lead, file;

const person = (role) => demo.users.find((u) => u.role === role);

before(async () => {
    demo = await tenon.demo();
    await tenon.start();
    const admin = await tenon.client(person('tenant_admin').email);
    lead = (await admin.get('/leads?limit=1')).json.data[0];
    file = (await admin.upload('/files', { subject_type: 'leads', subject_id: lead.id }, 'plan', 'plan.txt')).json;
    browser = await launch(tenon.dir);
});
after(async () => {
    await browser?.close();
    await tenon.stop();
});

// A page that remembers what was said in its console.
async function open(options = MODES.light) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.said = [];
    page.asked = ASKED[Object.keys(MODES).find((mode) => MODES[mode] === options)] ?? ASKED.light;
    if (options.javaScriptEnabled !== false) listening(page);
    page.on('console', (message) => page.said.push(`${page.url()}: ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => { if (!FADE.test(error.message)) page.said.push(`${page.url()}: ${error.message}`); });
    return page;
}

async function signIn(page, role) {
    await page.goto(`${tenon.url}/login`);
    await page.fill('#f-email', person(role).email);
    await page.fill('#f-password', demo.password);
    await page.click('form.form button.primary');
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

// What is wrong with the page that is open.
async function faults(page) {
    await page.evaluate(AXE);
    // The bar of buttons covers what can be scrolled out from under it; at the end of a form it covers nothing.
    await page.evaluate(() => document.querySelectorAll('.scroll:has(> .form)').forEach((e) => e.scrollTo(0, e.scrollHeight)));
    const found = await page.evaluate((asked) => globalThis.axe.run({ resultTypes: ['violations'], preload: false, ...asked }),
        page.asked);
    const told = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth)) told.push('scrolls sideways');
    const [title, h1] = await page.evaluate(() => [document.title, document.querySelectorAll('h1')].map((x) => x.length && x));
    if (!h1) told.push('no h1');
    else if (await page.locator('h1').count() !== 1) told.push('several h1');
    else if (!title.startsWith((await page.locator('h1').textContent()).trim())) told.push(`title "${title}" is not the heading`);
    return told;
}

async function look(page, paths) {
    const all = [];
    for (const path of paths) {
        const answer = await page.goto(tenon.url + path);
        await page.waitForLoadState('load');
        if (answer.status() !== 200) all.push(`${path}: ${answer.status()}`);
        all.push(...(await faults(page)).map((what) => `${path}: ${what}`));
    }
    return [...all, ...page.said];
}

for (const [mode, options] of Object.entries(MODES)) {
    test(`pages before sign-in are clean (${mode})`, async () => {
        assert.deepEqual(await look(await open(options), OUTSIDE), []);
    });

    test(`pages of an administrator are clean (${mode})`, async () => {
        const page = await open(options);
        await signIn(page, 'tenant_admin');
        const users = (await (await tenon.client(person('tenant_admin').email)).get('/users?limit=1')).json.data[0];
        assert.deepEqual(await look(page, ['/', '/?by=week', '/search', '/search?q=har', '/search?q=zzzz', '/settings',
            '/settings/company', '/settings/invitations', '/settings/invitations/new', '/me', '/users', '/users/new',
            `/users/${users.id}`, '/lead_statuses', '/docs/api', '/docs/api/files',
            '/leads', '/leads/board', `/leads/${lead.id}`, '/leads/new', '/files', `/files/${file.id}`,
            `/files/new?subject_type=leads&subject_id=${lead.id}`]), []);
        await page.context().close();
    });

    test(`pages of somebody with little access are clean (${mode})`, async () => {
        const page = await open(options);
        await signIn(page, 'crew');
        assert.deepEqual(await look(page, ['/', '/search', '/settings', '/me']), []);
        await page.context().close();
    });
}

test('the check can fail: a picture without a text and a sideways page are found', async () => {
    const page = await open(MODES.phone);
    await page.goto(`${tenon.url}/login`);
    await page.evaluate(() => document.querySelector('main').insertAdjacentHTML('beforeend',
        '<div class="x"><img src="/favicon.ico"></div>'));
    await page.evaluate(() => document.querySelector('.x').style.setProperty('inline-size', '900px'));
    const found = (await faults(page)).map((f) => f.split(':')[0]);
    assert.deepEqual(found.filter((f) => /image-alt|sideways/.test(f)), ['image-alt', 'scrolls sideways']);
});

test('an error page is as clean as the others', async () => {
    const page = await open();
    for (const role of [null, 'tenant_admin']) {
        if (role) await signIn(page, role);
        await page.goto(`${tenon.url}/no/such/place`);
        assert.deepEqual(await faults(page), []);
    }
    assert.ok(page.said.every((line) => /404/.test(line)), page.said.join('\n'));
});

test('one button signs in to the demo, without scripts too', async () => {
    const page = await open({ ...MODES.light, javaScriptEnabled: false });
    await page.goto(`${tenon.url}/login`);
    await page.getByRole('button', { name: 'Sign in as Supervisor' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    assert.match(await page.locator('.topbar').textContent(), new RegExp(person('supervisor').name));
});

test('the first page shows another period and another person', async () => {
    const page = await open();
    await signIn(page, 'supervisor');
    await page.getByRole('link', { name: 'Week' }).click();
    await page.waitForURL((url) => url.searchParams.get('by') === 'week');
    assert.match(await page.locator('.kpi').first().textContent(), /Won this week/);
    const all = Number(await page.locator('.kpi:nth-child(3) .v').textContent());
    await page.locator('[popovertarget=home-owners]').click();
    await page.getByRole('link', { name: 'Only mine' }).click();
    await page.waitForURL((url) => url.searchParams.has('owner'));
    const mine = Number(await page.locator('.kpi:nth-child(3) .v').textContent());
    assert.ok(mine > 0 && mine < all, `${mine} of ${all}`);
    assert.deepEqual(page.said, []);
});

test('the chart has a sentence for a name, and its figures as a table', async () => {
    const page = await open();
    await signIn(page, 'supervisor');
    assert.match(await page.locator('svg.chart').getAttribute('aria-label'), /Won value by month\. .+ was the best at \$[\d,]+/);
    await page.getByText('View as table').click();
    assert.equal(await page.locator('.as-table tbody tr').count(), 12);
});

test('the menu changes the theme and stays on the page', async () => {
    const page = await open();
    await signIn(page, 'sales_agent');
    await page.goto(`${tenon.url}/leads?sort=name`);
    await page.locator('[popovertarget=user-menu]').click();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    assert.equal(new URL(page.url()).search, '?sort=name');
    assert.deepEqual(page.said, []);
});

test('a status moves up by its button', async () => {
    const page = await open();
    await signIn(page, 'tenant_admin');
    await page.goto(`${tenon.url}/lead_statuses`);
    const second = await page.locator('tbody tr:nth-child(2) th').textContent();
    await page.getByRole('button', { name: /^Move Contacted up$/ }).click();
    await page.waitForFunction((name) => document.querySelector('tbody tr th').textContent === name, second);
    assert.equal(await page.locator('.toast').count(), 1);
    assert.deepEqual(page.said, []);
});

test('a file is added to a lead in a dialog, and downloaded', async () => {
    const page = await open();
    await signIn(page, 'tenant_admin');
    await page.goto(`${tenon.url}/leads/${lead.id}`);
    await page.locator('.composer a', { hasText: 'File' }).click();
    await page.locator('dialog input[type=file]').setInputFiles({ name: 'roof.txt', mimeType: 'text/plain',
        buffer: Buffer.from('slate') });
    await page.locator('dialog').getByRole('button', { name: 'Upload file' }).click();
    await page.waitForFunction(() => !document.querySelector('dialog') && document.querySelector('.toast'));
    await page.getByRole('link', { name: /^Files/ }).first().click();
    await page.locator('.rec-rows').getByRole('link', { name: /roof\.txt/ }).click();
    await page.getByRole('heading', { level: 1, name: 'roof.txt' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    assert.equal(download.suggestedFilename(), 'roof.txt');
    assert.equal(readFileSync(await download.path(), 'utf8'), 'slate');
    assert.deepEqual(page.said, []);
});

test('a user is made in the form, and signs in', async () => {
    const page = await open();
    await signIn(page, 'tenant_admin');
    await page.goto(`${tenon.url}/users/new`);
    await page.fill('#f-name', 'Kit Brook');
    await page.fill('#f-email', 'kit@fernhill.example');
    await page.fill('#f-password', 'a sentence of kit');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.locator('[data-error-summary]').waitFor();
    assert.equal(await page.inputValue('#f-name'), 'Kit Brook', 'what was typed is kept');
    await page.getByLabel('Sales agent').check();
    await page.fill('#f-password', 'a sentence of kit');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('heading', { name: 'Kit Brook' }).waitFor();
    const kit = await open();
    await kit.goto(`${tenon.url}/login`);
    await kit.fill('#f-email', 'kit@fernhill.example');
    await kit.fill('#f-password', 'a sentence of kit');
    await kit.click('form.form button.primary');
    await kit.waitForURL((url) => url.pathname === '/');
    assert.match(await kit.locator('#main').textContent(), /No leads yet/);
});
