// The board in a browser: cards move by drag, by the keyboard and by a page without scripts; what a status asks for is asked.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { drag } from './browsers.mjs';
import { Company, becomes } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const lane = (page, name) => page.locator('.lane', { has: page.getByRole('heading', { name, exact: true }) });
const folded = (page, name) => page.getByRole('region', { name, exact: true });
const number = async (locator) => Number((await locator.innerText()).replace(/[^\d]/g, ''));
const lead = async (id) => (await company.api.get(`/leads/${id}`)).json;

test('a status that asks for a note gets one; on Cancel the card is where it was', async () => {
    const page = await company.open('/leads/board');
    const card = lane(page, 'Contacted').locator('.kcard').first();
    const id = await card.getAttribute('data-id');
    const lost = await number(folded(page, 'Lost').locator('.n'));
    await drag(page, card, folded(page, 'Lost'));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Note').waitFor();
    assert.equal(await dialog.locator('#f-note').getAttribute('required'), '');
    assert.equal(await dialog.locator('#f-lead_status_id option:checked').innerText(), 'Lost');
    assert.equal(await dialog.locator('#f-next_followup_at').count(), 0);
    await dialog.getByRole('link', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await lane(page, 'Contacted').locator(`[data-id="${id}"]`).count(), 1);
    assert.equal((await lead(id)).lead_status_id, await company.status('Contacted'));

    await drag(page, page.locator(`[data-id="${id}"]`), folded(page, 'Lost'));
    await dialog.getByRole('button', { name: 'Move' }).click();
    await dialog.locator('[data-error-summary]').waitFor();
    await dialog.getByLabel('Note').fill('Went with a cheaper offer.');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/leads/board');
    assert.equal(await number(folded(page, 'Lost').locator('.n')), lost + 1);
    assert.equal(await page.locator(`[data-id="${id}"]`).count(), 0);
    await page.goto(`/leads/${id}`);
    await page.getByText('Went with a cheaper offer.').first().waitFor();
});

test('a card that cannot be moved goes back with a message', async () => {
    const page = await company.open('/leads/board');
    const card = lane(page, 'New').locator('.kcard').first();
    const id = await card.getAttribute('data-id');
    await page.route('**/move', (route) => route.abort());
    await drag(page, card, lane(page, 'Contacted').locator('ol'));
    await page.locator('.toast.bad', { hasText: 'Not saved' }).waitFor();
    assert.equal(await lane(page, 'New').locator(`[data-id="${id}"]`).count(), 1);
    await page.unroute('**/move');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    company.problems = company.problems.filter((words) => !words.includes('ERR_FAILED'));
});

test('without scripts a card\'s button leads to the same form, which says what is missing', async () => {
    const page = await company.open('/leads/board?filter[rating]=hot', { scripts: false });
    const card = page.locator('.kcard').first();
    const id = await card.getAttribute('data-id');
    await card.getByRole('link', { name: /^Move / }).click();
    await page.getByLabel('Status').selectOption({ label: 'Lost' });
    await page.getByRole('button', { name: 'Move' }).click();
    await page.locator('#f-note-error').waitFor();
    assert.equal(await page.locator('#f-lead_status_id option:checked').innerText(), 'Lost');
    await page.getByLabel('Note').fill('No answer for a month.');
    await page.getByRole('button', { name: 'Move' }).click();
    await page.waitForURL(/\/leads\/board\?filter/);
    assert.equal((await lead(id)).lead_status_id, await company.status('Lost'));
});

test('the board is filtered like the list, and the switch keeps the filters', async () => {
    const page = await company.open('/leads/board?f=rating', { scripts: false });
    await page.getByLabel('Hot').check();
    await page.getByRole('button', { name: 'Apply' }).click();
    await becomes(() => page.locator('.chip').count(), 1);
    assert.equal(new URL(page.url()).pathname, '/leads/board');
    await page.getByRole('link', { name: 'List', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/leads');
    await becomes(() => page.locator('.chip').count(), 1);
});

test('closed lanes stay in sight however many lanes there are', async () => {
    const page = await company.open('/leads/board', { width: 900 });
    const box = await folded(page, 'Lost').boundingBox();
    assert.ok(box.x + box.width <= 900, `ends at ${box.x + box.width}`);
});

test('a board of choices moves the same way', async () => {
    const page = await company.open('/tasks/board');
    const card = lane(page, 'Open').locator('.kcard').first();
    const id = await card.getAttribute('data-id');
    await drag(page, card, lane(page, 'In progress').locator('ol'));
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    assert.equal((await company.api.get(`/tasks/${id}`)).json.status, 'in_progress');
});
