// The settings in a browser: statuses put in an order by mouse, finger, keys and without scripts; how somebody reads dates and
// numbers; keys that do nothing for whoever does not want them.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const LIST = '/lead_statuses';
const names = (page) => page.locator('tbody th').allInnerTexts();
const stored = async () => (await company.api.get(`${LIST}?sort=position`)).json.data.map((status) => status.name);
const row = (page, name) => page.locator('tbody tr', { has: page.getByRole('link', { name, exact: true }) });
const until = (page, wanted) => page.waitForFunction((all) => !document.querySelector('tr[aria-busy]') &&
    [...document.querySelectorAll('tbody th')].map((th) => th.innerText).join() === all.join(), wanted);

async function settled(page, wanted) {
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    await until(page, wanted);
    assert.deepEqual(await stored(), wanted);
}

test('statuses are put in an order with the mouse', async () => {
    const page = await company.open(LIST, { who: 'nora' });
    const [a, b, c, ...rest] = await names(page);
    assert.deepEqual([a, b, c, ...rest], await stored());
    const grip = await row(page, a).locator('.i-grip').boundingBox();
    const to = await row(page, c).boundingBox();
    await page.mouse.move(grip.x + 6, grip.y + 6);
    await page.mouse.down();
    await page.mouse.move(grip.x + 6, to.y + to.height - 4, { steps: 8 });
    await page.mouse.up();
    await settled(page, [b, c, a, ...rest]);
});

test('statuses are put in an order with a finger', async () => {
    const page = await company.open(LIST, { who: 'nora', width: 1000, height: 800, touch: true });
    const [a, b, ...rest] = await names(page);
    const grip = await row(page, b).locator('.i-grip').boundingBox();
    const to = await row(page, a).boundingBox();
    const cdp = await page.context().newCDPSession(page);
    const touch = (type, ...points) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const x = grip.x + 6;
    await touch('touchStart', { x, y: grip.y + 6 });
    for (let i = 1; i <= 6; i++) await touch('touchMove', { x, y: grip.y + 6 + ((to.y + 4 - grip.y - 6) * i) / 6 });
    await touch('touchEnd');
    await settled(page, [b, a, ...rest]);
});

for (const scripts of [true, false])
    test(`statuses are put in an order by their buttons, ${scripts ? 'with the keyboard' : 'without scripts'}`, async () => {
        const page = await company.open(LIST, { who: 'nora', scripts });
        const [a, b, ...rest] = await names(page);
        const down = page.getByRole('button', { name: `Move ${a} down` });
        if (scripts) {
            await down.focus();
            await page.keyboard.press('Enter');
        } else await down.click();
        await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
        assert.deepEqual(await names(page), [b, a, ...rest]);
        assert.deepEqual(await stored(), [b, a, ...rest]);
        assert.equal(await page.locator('.i-grip').first().isVisible(), scripts);
    });

for (const scripts of [true, false])
    test(`dates and numbers are written as one reads them, ${scripts ? 'with' : 'without'} scripts`, async () => {
        const who = scripts ? 'priya' : 'tom';
        const me = (await company.one('users', `filter[email]=${encodeURIComponent(company.mail(who))}`)).id;
        // A day near today is named in words, so one further back.
        const before = new Date(Date.now() - 30 * 86_400_000).toISOString();
        const lead = await company.one('leads', `filter[estimated_value][gte]=10000&filter[assigned_to_id]=${me}` +
            `&filter[status_changed_at][lt]=${before}`);
        const amount = Number(lead.estimated_value);
        const page = await company.open('/me', { who, scripts });
        await page.getByLabel('Dates').selectOption({ label: '2026-12-31' });
        await page.getByLabel('Numbers').selectOption({ label: '1.234,50' });
        await page.getByRole('button', { name: 'Save profile' }).click();
        await page.locator('.toast', { hasText: 'Saved.' }).waitFor();
        assert.equal(await page.getByLabel('Dates').inputValue(), 'year_first');
        await page.goto(`/leads?filter[id]=${lead.id}`);
        const text = await page.locator('tbody').innerText();
        assert.ok(text.includes(`$${Math.round(amount).toLocaleString('de-DE')}`), text);
        assert.match(text, /\b20\d\d-\d\d-\d\d\b/);
        const other = await company.open(`/leads?filter[id]=${lead.id}`, { who: 'nora', scripts });
        assert.doesNotMatch(await other.locator('tbody').innerText(), /\b20\d\d-\d\d-\d\d\b/);
    });

test('single keys do nothing for whoever does not want them', async () => {
    const page = await company.open('/me', { who: 'mei' });
    await page.getByLabel('Single keys are shortcuts').uncheck();
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.locator('.toast', { hasText: 'Saved.' }).waitFor();
    await page.goto('/leads');
    await page.locator('main').focus();
    await page.keyboard.press('c');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate('document.activeElement.matches("input")'), false);
    assert.match(page.url(), /\/leads$/);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
});

for (const theme of ['light', 'dark'])
    for (const width of [1440, 390])
        test(`the order and the profile are accessible, ${theme}, ${width} px`, async () => {
            for (const path of [LIST, '/me', '/settings', '/settings/company', '/users', '/lead_sources', '/tags']) {
                const page = await company.open(path, { who: 'nora', theme, width, touch: width === 390 });
                assert.deepEqual(await axe(page), [], path);
                assert.ok(await sideways(page) <= 0, path);
                await page.close();
            }
        });
