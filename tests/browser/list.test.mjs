// The list in a browser: filters, sort, search, pages, saved views, the bin; with scripts and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, becomes } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const values = (page) => page.locator('tbody td[data-m=end]').evaluateAll((cells) =>
    cells.map((cell) => Number(cell.textContent.replace(/[^\d]/g, ''))));
const chips = (page) => page.locator('.chip').evaluateAll((all) =>
    all.map((chip) => [...chip.children].map((part) => part.textContent.trim()).filter(Boolean).join(' ')));
const rows = (page) => page.locator('tbody tr').count();

for (const scripts of [true, false]) {
    const how = scripts ? 'with scripts' : 'without scripts';

    test(`another field asks for other things, several choices at once, ${how}`, async () => {
        const page = await company.open('/leads?f=estimated_value', { scripts });
        await page.locator('#filter-f').selectOption('lead_status_id');
        if (!scripts) await page.getByRole('button', { name: 'Apply' }).click();
        await page.getByLabel('Negotiation').check();
        await page.getByLabel('Proposal Sent').check();
        await page.getByRole('button', { name: 'Apply' }).click();
        await page.locator('.chip').waitFor();
        await becomes(() => chips(page), ['Status is any of Proposal Sent, Negotiation']);
        await becomes(async () => {
            const all = await page.locator('tbody td[data-m=meta]').allTextContents();
            return [...new Set(all.map((words) => words.trim()))].sort();
        }, ['Negotiation', 'Proposal Sent']);
    });

    test(`a heading sorts, and again the other way round, ${how}`, async () => {
        const page = await company.open('/leads', { scripts });
        await page.getByRole('link', { name: 'Value', exact: true }).click();
        await page.locator('th[aria-sort=descending]').waitFor();
        const down = await values(page);
        assert.deepEqual(down, [...down].sort((a, b) => b - a));
        await page.getByRole('link', { name: 'Value', exact: true }).click();
        await page.locator('th[aria-sort=ascending]').waitFor();
        assert.match(page.url(), /sort=estimated_value/);
    });

    test(`search keeps the filters, and what fits nothing can be cleared, ${how}`, async () => {
        const page = await company.open('/leads?filter[rating]=hot', { scripts });
        const name = (await page.locator('tbody tr').first().locator('th .who > :last-child').innerText()).trim();
        await page.locator('#list-q').fill(name);
        await page.locator('#list-q').press('Enter');
        await page.waitForURL(/q=/);
        assert.ok((await page.locator('tbody tr').first().locator('th').innerText()).includes(name));
        assert.match(page.url(), /rating/);
        await page.locator('#list-q').fill('zzzzqqqq');
        await page.locator('#list-q').press('Enter');
        await page.getByRole('heading', { name: 'No leads match' }).waitFor();
        await page.getByText('Searched for “zzzzqqqq”. Filtered by Rating is Hot.').waitFor();
        await page.getByRole('link', { name: 'Clear search' }).click();
        await page.locator('tbody tr').first().waitFor();
        assert.equal(new URL(page.url()).search, '?filter%5Brating%5D=hot');
        await page.goto('/leads?filter[rating]=hot&filter[estimated_value][gt]=99999999&sort=last_name&q=a');
        await page.getByText('Searched for “a”. Filtered by Rating is Hot, Value over $99,999,999.').waitFor();
        await page.getByRole('link', { name: 'Clear filters' }).click();
        await page.locator('tbody tr').first().waitFor();
        assert.equal(new URL(page.url()).search, '?sort=last_name&q=a');
    });

    test(`a board and a calendar without a match say what was looked for, too, ${how}`, async () => {
        const page = await company.open('/leads/board?q=zzzzqqqq', { scripts });
        await page.getByText('Searched for “zzzzqqqq”.').waitFor();
        assert.equal(await page.locator('.lane').count(), 0);
        await page.getByRole('link', { name: 'Clear search' }).click();
        await page.locator('.lane').first().waitFor();
        await page.goto('/calendar_events/calendar?q=zzzzqqqq');
        await page.getByText('Nothing here. Searched for “zzzzqqqq”.').waitFor();
        await page.getByRole('link', { name: 'Clear search' }).click();
        await page.waitForURL(/calendar$/);
    });

    test(`pages follow each other and lead back, ${how}`, async () => {
        const page = await company.open('/leads', { scripts });
        const first = await page.locator('tbody tr').first().getAttribute('id');
        await page.getByRole('link', { name: 'Next', exact: true }).click();
        await page.waitForURL(/cursor=/);
        await page.getByRole('link', { name: 'Previous' }).waitFor();
        assert.notEqual(await page.locator('tbody tr').first().getAttribute('id'), first);
        await page.getByRole('link', { name: 'Previous' }).click();
        await page.waitForURL(/before=/);
        await page.locator(`#${first}`).waitFor();
        assert.equal(await page.locator('tbody tr').first().getAttribute('id'), first);
    });

    test(`chosen rows go to the bin and come back by Undo, to the same page, ${how}`, async () => {
        const page = await company.open('/leads?filter[rating]=warm', { scripts });
        const ids = await page.locator('tbody tr').evaluateAll((all) => all.slice(0, 2).map((row) => row.id));
        for (const id of ids) await page.locator(`#${id} input[type=checkbox]`).check();
        await page.getByRole('button', { name: 'Delete' }).click();
        await page.locator('.toast', { hasText: 'Deleted.' }).waitFor();
        assert.match(page.url(), /rating/);
        for (const id of ids) assert.equal(await page.locator(`#${id}`).count(), 0);
        const bin = await company.open('/leads?trash=true');
        for (const id of ids) assert.equal(await bin.locator(`#${id}`).count(), 1);
        await page.getByRole('button', { name: 'Undo' }).click();
        await page.locator('.toast', { hasText: 'Undone.' }).waitFor();
        assert.match(page.url(), /rating/);
        for (const id of ids) assert.equal(await page.locator(`#${id}`).count(), 1);
    });
}

test('keys find the search, the filter, rows and the form', async () => {
    const page = await company.open('/leads');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate('document.activeElement.id'), 'list-q');
    await page.locator('main').focus();
    await page.keyboard.press('f');
    await page.locator('#filter-f:focus').waitFor(); // a folded part says that it has opened a moment after it has
    await page.locator('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    assert.equal(await page.locator('[data-count]').innerText(), '1 selected');
    await page.keyboard.press('x');
    const second = await page.locator('tbody tr').nth(1).getAttribute('id');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/leads/${second.slice(1)}`);
    await page.goto('/contacts');
    await page.keyboard.press('c');
    await page.waitForURL(/\/contacts\/new$/);
});

test('a row that somebody else adds appears by itself, but not over one\'s own work', async () => {
    const page = await company.open('/lead_sources');
    await page.evaluate('window.same = true');
    await company.api.post('/lead_sources', { name: 'Word of mouth' });
    await page.getByText('Word of mouth').waitFor();
    await page.locator('tbody input[type=checkbox]').first().check();
    await company.api.post('/lead_sources', { name: 'Carrier pigeon' });
    await page.waitForTimeout(4500);
    assert.equal(await page.getByText('Carrier pigeon').count(), 0);
    await page.locator('tbody input[type=checkbox]').first().uncheck();
    await page.getByText('Carrier pigeon').waitFor();
    assert.equal(await page.evaluate('window.same'), true);
});
