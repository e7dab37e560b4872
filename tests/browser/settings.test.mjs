// The settings in a browser: statuses put in an order by mouse, finger, keys and without scripts; how somebody reads dates and
// numbers; keys that do nothing for whoever does not want them.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

let company, serial = 1;
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

test('a finger finds small buttons as large as others', async () => {
    const small = async (touch) => {
        const page = await company.open(LIST, { who: 'nora', width: 390, height: 844, touch });
        const button = page.locator('tbody .icon-btn.sm').first();
        await button.waitFor();
        const { width, height } = await button.boundingBox();
        await page.close();
        return Math.round(Math.min(width, height));
    };
    assert.deepEqual([await small(false), await small(true)], [24, 44]);
});

test('country, currency and time zone of the company are chosen by name', async () => {
    const page = await company.open('/settings/company', { who: 'nora' });
    await page.getByLabel('Country').selectOption({ label: 'New Zealand (NZ)' });
    await page.getByLabel('Time zone').selectOption({ label: 'Pacific/Auckland' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    assert.equal(await page.getByLabel('Country').inputValue(), 'NZ');
    assert.equal(await page.getByLabel('Time zone').inputValue(), 'Pacific/Auckland');
    assert.deepEqual(await axe(page), []);
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

test("a role's page says what people with it may do, kind by kind; an administrator's that it is everything", async () => {
    const role = (name) => company.one('roles', `filter[name]=${name}`);
    const lines = (page) => page.locator('.matrix tbody tr:not(.pack)').evaluateAll((all) => Object.fromEntries(all.map((tr) =>
        [tr.querySelector('th').firstChild.textContent, [...tr.querySelectorAll('td')].map((td) =>
            td.querySelector('select')?.selectedOptions[0].textContent ?? td.querySelector('.scope').textContent).join(' ')])));
    for (const [theme, width] of [['light', 1440], ['dark', 1440], ['light', 390]]) {
        const page = await company.open(`/roles/${(await role('sales_agent')).id}`, { who: 'nora', theme, width });
        assert.match((await lines(page)).Leads, /^Own Own Own Own (Own|None)$/);
        assert.match((await lines(page)).Locations, /^All None None None/);
        assert.deepEqual(await axe(page), []);
        assert.equal(await sideways(page), 0);
        await page.context().close();
    }
    const page = await company.open(`/roles/${(await role('tenant_admin')).id}`, { who: 'nora' });
    assert.deepEqual(await lines(page), { 'All records': 'All All All All All' });
    await page.getByRole('link', { name: 'As a list' }).click();
    await page.waitForURL(/role_permissions/);
    await page.locator('.chip').waitFor();
    await page.context().close();
});

// The page that follows says so; its address does not for long.
const saved = (page) => page.locator('.toast, [role=status]', { hasText: 'Saved.' }).first().waitFor();

for (const how of [{}, { width: 390, height: 844, touch: true }, { scripts: false }])
    test(`a cell of a role's page is changed right there, ${JSON.stringify(how)}`, async () => {
        const role = (await company.api.post('/roles', { name: `shift_${serial}`, label: `Shift ${serial++}` })).json;
        const page = await company.open(`/roles/${role.id}`, { who: 'nora', ...how });
        const cell = (name) => page.getByLabel(name, { exact: true });
        const save = page.getByRole('button', { name: 'Save permissions' });
        assert.equal(await save.isVisible(), false);
        await cell('Leads: See').selectOption('Own');
        await cell('Tasks: Edit').selectOption('All');
        if (how.scripts !== false) assert.deepEqual(await axe(page), []);
        assert.equal(await sideways(page), 0);
        await page.getByRole('button', { name: 'Discard' }).click();
        assert.equal(await save.isVisible(), false);
        await cell('Leads: See').selectOption('Own');
        await cell('Tasks: Edit').selectOption('All');
        await save.click();
        await saved(page);
        assert.equal(await cell('Leads: See').inputValue(), 'own');
        assert.equal(await cell('Tasks: Edit').inputValue(), 'all');
        await page.context().close();
    });

test("a role's cells are changed by keys alone", async () => {
    const role = (await company.api.post('/roles', { name: `shift_${serial}`, label: `Shift ${serial++}` })).json;
    const page = await company.open(`/roles/${role.id}`, { who: 'nora' });
    await page.getByLabel('Leads: See', { exact: true }).focus();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.ariaLabel'), 'Leads: Create');
    await page.keyboard.type('All');
    await page.keyboard.press('Control+s');
    await saved(page);
    assert.equal(await page.getByLabel('Leads: Create', { exact: true }).inputValue(), 'all');
    const granted = await company.one('role_permissions', `filter[role_id]=${role.id}`);
    assert.deepEqual([granted.resource, granted.action, granted.scope], ['leads', 'create', 'all']);
    await page.context().close();
});
