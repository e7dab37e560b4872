// The main journeys, in Chromium and, where TENON_TEST_BROWSER=firefox, in Firefox: signing in, a list, a board, a record, a
// form, the palette, the settings, a phone; in Chromium without scripts, too, where a journey goes without.
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { drag, is_firefox } from './browsers.mjs';
import { Company, axe, becomes, sideways } from './company.mjs';

// Firefox's driver cannot do without scripts.
const WAYS = is_firefox ? [true] : [true, false];

let company;
before(async () => { company = await Company.start(); });
afterEach(async () => { await company.leave(); });
after(async () => { await company.stop(); });

const leads = async (n) => (await company.api.get(`/leads?limit=${n}&sort=id`)).json.data;
const one_in = async (status) => company.one('leads', `filter[lead_status_id]=${await company.status(status)}&sort=id`);
const stored = async (id) => (await company.api.get(`/leads/${id}`)).json;
const number = async (locator) => Number((await locator.innerText()).replace(/[^\d]/g, ''));

/* a list */
const values = (page) => page.locator('tbody td[data-m=end]').evaluateAll((cells) =>
    cells.map((cell) => Number(cell.textContent.replace(/[^\d]/g, ''))));
const chips = (page) => page.locator('.chip').evaluateAll((all) =>
    all.map((chip) => [...chip.children].map((part) => part.textContent.trim()).filter(Boolean).join(' ')));
const rows = (page) => page.locator('tbody tr').count();
const row = (page, i) => page.locator('tbody tr[id]').nth(i);
const id_of = async (page, i) => Number((await row(page, i).getAttribute('id')).slice(1));

/* a board */
const lane = (page, name) => page.locator('.lane', { has: page.getByRole('heading', { name, exact: true }) });
const sum = async (page, name) => ({
    count: await number(lane(page, name).locator('header .n')), total: await number(lane(page, name).locator('.total')),
});

/* a record */
const place = (page, name) => page.locator(`#main a[data-edit="${name}"]`);
const field = (page, name) => page.locator(`form[data-field="${name}"] [name="${name}"]`);

/* the settings and the palette */
const names = (page) => page.locator('tbody th').allInnerTexts();
const by_position = async () => (await company.api.get('/lead_statuses?sort=position')).json.data.map((status) => status.name);
const chosen = (page) => page.locator('.palette [role=option][aria-selected=true]');

for (const scripts of WAYS) {
    const how = scripts ? 'with scripts' : 'without scripts';

    test(`who signs in comes to the page that they asked for, ${how}`, async () => {
        const page = await company.open('/leads?sort=name', { who: null, scripts });
        await page.locator('#f-email').fill(company.mail('tom'));
        await page.locator('#f-password').fill('not this one');
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.locator('.note-box.bad').waitFor();
        await page.locator('#f-password').fill(company.demo.password);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.waitForURL('**/leads?sort=name');
        await becomes(() => rows(page), 50);
    });

    test(`a filter is made in two steps, with the control of its field, ${how}`, async () => {
        const page = await company.open('/leads', { scripts });
        await page.locator('.filter-add summary').click();
        await page.locator('#filter-f').selectOption('estimated_value');
        if (!scripts) await page.getByRole('button', { name: 'Next' }).click();
        await page.locator('#f-v').waitFor();
        assert.deepEqual(await page.locator('#filter-op option').allTextContents(),
            ['at least', 'at most', 'over', 'under', 'is', 'is not', 'is empty', 'is not empty']);
        await page.locator('#f-v').fill('much');
        await page.getByRole('button', { name: 'Apply' }).click();
        await page.locator('#f-v-error').waitFor();
        assert.equal(await page.locator('#f-v').inputValue(), 'much');
        await page.locator('#f-v').fill('300000');
        await page.getByRole('button', { name: 'Apply' }).click();
        await page.locator('.chip').waitFor();
        await becomes(() => chips(page), ['Value at least $300,000']);
        assert.ok((await values(page)).every((value) => value >= 300000));
        assert.ok(await rows(page) > 0);
        await page.getByRole('link', { name: /^Remove filter: Value/ }).click();
        await page.locator('.chip').waitFor({ state: 'detached' });
        await becomes(() => rows(page), 50);
    });

    test(`filters get a name and stand as a tab, ${how}`, async () => {
        const page = await company.open(`/leads?filter[rating]=cold&sort=${scripts ? '' : '-'}name`, { scripts });
        await page.getByRole('link', { name: 'Save this view' }).click();
        const form = scripts ? page.locator('dialog') : page.locator('main');
        await form.getByRole('button', { name: 'Save view' }).click();
        await form.locator('[data-error-summary]').waitFor();
        await form.getByLabel('Name').fill(`Cold ${how}`);
        await form.getByRole('button', { name: 'Save view' }).click();
        const tab = page.locator('.tabs a[aria-current=page]');
        await page.locator('.toast', { hasText: 'Saved.' }).waitFor();
        assert.match((await tab.innerText()).trim(), new RegExp(`^Cold ${how}\\s+\\d+$`));
        assert.equal((await chips(page)).length, 1);
    });

    test(`a note stands in the timeline at once, ${how}`, async () => {
        const { id } = await one_in('Contacted');
        const page = await company.open(`/leads/${id}`, { scripts });
        await page.getByRole('textbox', { name: 'Note', exact: true }).fill(`Wants **two** batteries, ${how}.`);
        if (scripts) await page.keyboard.press('Control+Enter');
        else await page.getByRole('button', { name: 'Save note' }).click();
        await page.locator('.timeline').getByText(`batteries, ${how}.`).waitFor();
        assert.equal(await page.locator('.timeline strong').first().innerText(), 'two');
        await becomes(() => page.getByRole('textbox', { name: 'Note', exact: true }).inputValue(), '');
        assert.match(page.url(), new RegExp(`/leads/${id}`));
    });

    test(`what is deleted is offered back, ${how}`, async () => {
        const { id, name } = await one_in('Qualified');
        const page = await company.open(`/leads/${id}`, { scripts });
        await page.getByRole('button', { name: `Delete ${name}` }).click();
        await page.locator('.toast', { hasText: 'Deleted.' }).waitFor();
        assert.equal(new URL(page.url()).pathname, '/leads');
        await page.getByRole('button', { name: 'Undo' }).click();
        await page.locator('.toast', { hasText: 'Undone.' }).waitFor();
        assert.equal((await company.api.get(`/leads/${id}`)).status, 200);
    });

    test(`a form says all that is wrong and keeps what was typed, ${how}`, async () => {
        const page = await company.open('/leads/new', { scripts });
        await page.getByLabel(/^Company/).fill('Marrow & Vine');
        await page.getByLabel(/^E-mail/).fill('nobody');
        await page.getByLabel(/^Value/).fill('plenty');
        await page.getByLabel(/^Priority/).selectOption('urgent');
        await page.getByLabel(/^Owner/).selectOption({ label: 'Tom Aldous' });
        await page.getByRole('button', { name: 'Create lead' }).click();
        const summary = page.locator('[data-error-summary]');
        await summary.waitFor();
        if (scripts) await becomes(() => summary.evaluate((box) => box === document.activeElement), true);
        const said = await summary.locator('a').evaluateAll((all) => all.map((link) => link.hash));
        assert.deepEqual(said.sort(), ['#f-email', '#f-estimated_value']);
        assert.equal(await page.getByLabel(/^Company/).inputValue(), 'Marrow & Vine');
        assert.equal(await page.getByLabel(/^Value/).inputValue(), 'plenty');
        assert.equal(await page.getByLabel(/^Priority/).inputValue(), 'urgent');
        assert.equal(await page.locator('#f-assigned_to_id option:checked').textContent(), 'Tom Aldous');
        assert.equal(await page.getByLabel(/^E-mail/).getAttribute('aria-invalid'), 'true');
        assert.equal(await page.getByLabel(/^E-mail/).getAttribute('aria-describedby'), 'f-email-error');
        await summary.locator('a[href="#f-email"]').click();
        assert.equal(await page.evaluate('document.activeElement.id || location.hash.slice(1)'), 'f-email');
        await page.getByLabel(/^E-mail/).fill('ines@marrow.example');
        await page.getByLabel(/^Value/).fill('12,500');
        await page.getByLabel(/^First name/).fill('Ines');
        await page.getByRole('button', { name: 'Create lead' }).click();
        await page.locator('.toast', { hasText: 'Created.' }).waitFor();
        const id = /\/leads\/(\d+)/.exec(page.url())[1];
        const { json } = await company.api.get(`/leads/${id}`);
        assert.deepEqual([json.company_name, json.estimated_value, json.priority], ['Marrow & Vine', '12500.00', 'urgent']);
    });
}

test('cells are reached and edited by the keyboard alone', async () => {
    const page = await company.open('/leads?sort=-name');
    const id = await id_of(page, 0);
    await page.locator('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate('document.activeElement.cellIndex'), 2);
    await page.keyboard.press('F2');
    await page.locator(`#r${id} .editing .input`).waitFor();
    await page.keyboard.type('Corryong Timber Mill');
    await page.keyboard.press('Tab');
    await page.locator(`#r${id} .editing select`).waitFor(); // the status stands beside it
    assert.equal((await stored(id)).company_name, 'Corryong Timber Mill');
    await page.keyboard.press('Escape');
    await page.locator('.editing').waitFor({ state: 'detached' });
    await company.api.patch(`/leads/${id}`, { company_name: 'Corryong Sawmill' });
    await page.locator(`#r${id}`, { hasText: 'Corryong Sawmill' }).waitFor(); // the row is another one
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement.closest('tr')?.rowIndex === 2);
});

test('a card is dragged to another lane; counts and sums follow, and Undo takes it back', async () => {
    const page = await company.open('/leads/board');
    const card = lane(page, 'New').locator('.kcard').first();
    const id = await card.getAttribute('data-id'), worth = await number(card.locator('.num'));
    const before = { from: await sum(page, 'New'), to: await sum(page, 'Qualified') };
    await drag(page, card, lane(page, 'Qualified').locator('ol'));
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    const [from, to] = [await sum(page, 'New'), await sum(page, 'Qualified')];
    assert.deepEqual(from, { count: before.from.count - 1, total: before.from.total - worth });
    assert.deepEqual(to, { count: before.to.count + 1, total: before.to.total + worth });
    assert.equal((await stored(id)).lead_status_id, await company.status('Qualified'));
    assert.equal(new URL(page.url()).search, '');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.toast', { hasText: 'Undone' }).waitFor();
    assert.deepEqual(await sum(page, 'New'), before.from);
    assert.equal(new URL(page.url()).pathname, '/leads/board');
    assert.equal((await stored(id)).lead_status_id, await company.status('New'));
});

test('the keyboard moves a card: J to it, M to move it, and the focus comes back', async () => {
    const page = await company.open('/leads/board');
    await page.locator('main').focus();
    await page.keyboard.press('j');
    const id = await page.evaluate('document.activeElement.closest(".kcard").dataset.id');
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.closest(".kcard")?.dataset.id'), id);
    await page.keyboard.press('m');
    await dialog.getByLabel('Status').selectOption({ label: 'Negotiation' });
    await page.keyboard.press('Control+Enter');
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    assert.equal((await stored(id)).lead_status_id, await company.status('Negotiation'));
});

test('a field is changed with the keyboard alone: Enter saves, Escape leaves it as it was', async () => {
    const [{ id }] = await leads(1);
    const page = await company.open(`/leads/${id}`);
    await place(page, 'next_step').focus();
    await page.keyboard.press('Enter');
    await field(page, 'next_step').waitFor();
    assert.equal(await page.evaluate('document.activeElement.name'), 'next_step');
    await page.keyboard.type('Call the board');
    await page.keyboard.press('Enter');
    await page.locator('.changes', { hasText: 'Call the board' }).waitFor();
    assert.equal((await stored(id)).next_step, 'Call the board');
    await page.waitForFunction(() => document.activeElement?.dataset.edit === 'next_step');
    await page.keyboard.press('Enter');
    await field(page, 'next_step').fill('Not this');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.dataset.edit === 'next_step');
    assert.match(await place(page, 'next_step').innerText(), /Call the board/);
    assert.equal((await stored(id)).next_step, 'Call the board');
});

test('on a phone a field is changed with the thumb', async () => {
    const { id } = await one_in('Negotiation');
    const page = await company.open(`/leads/${id}`, { width: 390, height: 844, theme: 'dark' });
    const step = await page.locator('.path [aria-current=step]').boundingBox();
    assert.ok(step.x > -1 && step.x + step.width <= 390, `the step begins at ${step.x}`);
    await page.getByText('Details', { exact: true }).click();
    await place(page, 'next_step').click();
    await field(page, 'next_step').fill('From the van');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator(`form[data-field]`).waitFor({ state: 'detached' });
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await axe(page), []);
    await page.waitForFunction(() => document.querySelector('a[data-edit=next_step]')?.textContent.includes('From the van'));
    assert.equal((await stored(id)).next_step, 'From the van');
});

test('a record is found by a few letters and opened with the keyboard alone', async () => {
    const { id, name } = await company.one('leads', 'sort=id');
    const page = await company.open('/leads');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run a command' }).waitFor();
    const [first, last] = name.split(' ');
    await page.getByRole('combobox').fill(`${last.slice(0, 5)} ${first.slice(0, 4)}`.toLowerCase());
    await page.locator('.palette [role=option]', { hasText: name }).first().waitFor();
    assert.equal(await page.locator('.palette mark').first().innerText(), first.slice(0, 4));
    for (let i = 0; i < 12 && (await chosen(page).getAttribute('href')) !== `/leads/${id}`; i++)
        await page.keyboard.press('ArrowDown');
    const id_of_chosen = await chosen(page).getAttribute('id');
    assert.equal(await page.getByRole('combobox').getAttribute('aria-activedescendant'), id_of_chosen);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/leads/${id}`);
    assert.equal(await page.locator('.palette').count(), 0);
});

for (const scripts of WAYS)
    test(`statuses are put in an order by their buttons, ${scripts ? 'with the keyboard' : 'without scripts'}`, async () => {
        const page = await company.open('/lead_statuses', { who: 'nora', scripts });
        const [a, b, ...rest] = await names(page);
        const down = page.getByRole('button', { name: `Move ${a} down` });
        if (scripts) {
            await down.focus();
            await page.keyboard.press('Enter');
        } else await down.click();
        await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
        assert.deepEqual(await names(page), [b, a, ...rest]);
        assert.deepEqual(await by_position(), [b, a, ...rest]);
        assert.equal(await page.locator('.i-grip').first().isVisible(), scripts);
    });

for (const scripts of WAYS)
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
        await page.getByLabel('Weeks begin on').selectOption({ label: 'Sunday' });
        await page.getByRole('button', { name: 'Save profile' }).click();
        await page.locator('.toast', { hasText: 'Saved.' }).waitFor();
        assert.equal(await page.getByLabel('Dates').inputValue(), 'year_first');
        assert.equal(await page.getByLabel('Weeks begin on').inputValue(), 'sunday');
        await page.goto(`/leads?filter[id]=${lead.id}`);
        const text = await page.locator('tbody').innerText();
        assert.ok(text.includes(`$${Math.round(amount).toLocaleString('de-DE')}`), text);
        assert.match(text, /\b20\d\d-\d\d-\d\d\b/);
        const other = await company.open(`/leads?filter[id]=${lead.id}`, { who: 'nora', scripts });
        assert.doesNotMatch(await other.locator('tbody').innerText(), /\b20\d\d-\d\d-\d\d\b/);
    });
