// The command palette in a browser: records, actions and places by a few letters, with the keyboard alone, by mouse and by touch;
// without scripts the search page does the same. And the sheet of all keys.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, becomes, sideways } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const found = (page, text) => page.locator('.palette [role=option]', { hasText: text }).first();

async function palette(options) {
    const page = await company.open('/leads', options);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run a command' }).waitFor();
    return page;
}

test('what was looked at last stands first, before anything is typed', async () => {
    const { id, name } = await company.one('leads', 'sort=-id');
    const page = await company.open(`/leads/${id}`);
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('recent:')));
    await page.keyboard.press('Control+k');
    await found(page, name).waitFor();
    assert.equal(await page.locator('.palette [data-kind]').first().getAttribute('aria-label'), 'Recent');
    assert.match(await found(page, name).innerText(), /Lead/);
});

test('an action opens its form over the work, and Escape gives the focus back', async () => {
    const page = await palette();
    await page.keyboard.type('new task');
    await found(page, 'New task').first().waitFor();
    await page.keyboard.press('Enter');
    const form = page.locator('dialog form');
    await form.getByLabel('Title').waitFor();
    assert.equal(new URL(page.url()).pathname, '/leads');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.palette').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement !== document.body'), true);
});

test('places are found, and ">" leaves only commands', async () => {
    const page = await palette();
    await page.keyboard.type('lead st');
    await found(page, 'Lead statuses').first().waitFor();
    await page.getByRole('combobox').fill('>lead');
    await found(page, 'New lead').waitFor();
    assert.equal(await page.locator('.palette [data-kind=records]:visible').count(), 0);
    await page.getByRole('combobox').fill('settings');
    await found(page, 'Settings').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings');
});

test('what the page and the server both offer is there once', async () => {
    const page = await company.open('/leads');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('new lead');
    await page.locator('.palette [role=group][aria-label="Actions"] [role=option]').first().waitFor();
    await becomes(() => page.locator('.palette .t', { hasText: /^New lead$/ }).count(), 1);
});

test('what the page itself offers is offered here too', async () => {
    const { id } = await company.one('leads', `filter[lead_status_id]=${await company.status('New')}&sort=id`);
    const page = await company.open(`/leads/${id}`);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('move to contacted');
    await found(page, 'Move to Contacted').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
});

test('a scope limits by mouse, and a click beside the palette closes it', async () => {
    const page = await company.open('/leads');
    await page.getByRole('link', { name: 'Search or run a command' }).click();
    await page.getByRole('combobox').fill('lead');
    await found(page, 'New lead').waitFor();
    await page.getByRole('button', { name: 'Help', exact: true }).click();
    assert.equal(await page.locator('.palette [data-kind=actions]:visible').count(), 0);
    await page.getByRole('button', { name: 'Everything' }).click();
    await found(page, 'New lead').waitFor();
    await page.mouse.click(5, 5);
    await page.locator('.palette').waitFor({ state: 'detached' });
});

test('by touch, on a phone, it fits and finds', async () => {
    const { id, name } = await company.one('leads', 'sort=id');
    const page = await company.open('/', { width: 390, height: 844 });
    await page.getByRole('link', { name: 'Search or run a command' }).click();
    await page.getByRole('combobox').fill(name);
    await page.locator(`.palette a[href="/leads/${id}"]`).waitFor();
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await axe(page), []);
    await page.locator(`.palette a[href="/leads/${id}"]`).click();
    await page.waitForURL((url) => url.pathname === `/leads/${id}`);
});

for (const theme of ['light', 'dark'])
    test(`nothing that axe knows is wrong with it, ${theme}`, async () => {
        const page = await palette({ theme });
        await page.keyboard.type('lead');
        await found(page, 'New lead').waitFor();
        assert.deepEqual(await axe(page), []);
        await page.getByRole('combobox').fill('zzzzz');
        await page.getByText('Nothing found').waitFor();
        assert.deepEqual(await axe(page), []);
    });

test('without scripts the search page finds records, actions and places', async () => {
    const page = await company.open('/leads', { scripts: false });
    await page.getByRole('link', { name: 'Search or run a command' }).click();
    await page.getByRole('searchbox').fill('lead');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('.found').getByRole('link', { name: 'New lead', exact: true }).click();
    await page.waitForURL('**/leads/new');
});

test('the sheet of keys opens with "?" and is a page without scripts', async () => {
    const page = await company.open('/leads');
    await page.keyboard.press('?');
    await page.locator('dialog', { hasText: 'Search or run a command' }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Escape');
    const plain = await company.open('/help/keys', { scripts: false, width: 390 });
    await plain.getByRole('heading', { level: 1, name: 'Keyboard shortcuts' }).waitFor();
    assert.deepEqual(await sideways(plain), 0);
});
