// late.test.mjs - answers that come late or in another order than they were asked for: nothing is sent twice, the page that was
// asked for last is the one that stays, and what people do meanwhile is neither swept away nor disturbed.
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, becomes } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
afterEach(async () => { await company.leave(); });
after(async () => { await company.stop(); });

const leads = async (n) => (await company.api.get(`/leads?limit=${n}&sort=id`)).json.data;
const named = async (name) => (await company.api.get(`/leads?filter[name]=${encodeURIComponent(name)}`)).json.data.length;
const place = (page, name) => page.locator(`#main a[data-edit="${name}"]`);
const field = (page, name) => page.locator(`form[data-field="${name}"] [name="${name}"]`);
const note = (page) => page.getByRole('textbox', { name: 'Note', exact: true });

// The server has answered it and what it led on to, or the page has given it up.
async function answered(request) {
    for (let each = request; each; each = each.redirectedTo()) await each.response().catch(() => {});
}

// Holds back what `fits`; `asked` ends when the first of it is on its way, go() lets it pass and ends when the page has it.
async function hold(page, fits) {
    const held = { requests: [] };
    const gone = new Promise((done) => { held.release = done; });
    held.asked = new Promise((done) => {
        held.ask = async (route) => {
            if (!fits(route.request())) return route.fallback();
            held.requests.push(route.request());
            done();
            await gone;
            return route.continue().catch(() => {}); // given up
        };
    });
    held.go = async () => {
        held.release();
        await Promise.all(held.requests.map(answered));
        await settled(page);
    };
    await page.route((url) => url.pathname !== '/api/v1/events', held.ask);
    return held;
}
const is = (method, path) => (request) => request.method() === method && new URL(request.url()).pathname === path;

// Whatever the page does with an answer it has done. What must not happen cannot be waited for.
const settled = (page) => page.evaluate(() => new Promise((done) => { setTimeout(requestAnimationFrame, 300, done); }));

test('a form is sent once, however often its button is pressed', async () => {
    const page = await company.open('/leads/new');
    await page.locator('#f-name').fill('Pressed Twice');
    const held = await hold(page, is('POST', '/leads'));
    const button = page.getByRole('button', { name: 'Create lead' });
    await button.click();
    await held.asked;
    await button.click();
    await page.locator('#f-name').press('Enter');
    await held.go();
    await page.locator('.toast', { hasText: 'Created.' }).waitFor();
    assert.equal(await named('Pressed Twice'), 1);
});

test('what a dialog holds is sent once, too', async () => {
    const page = await company.open('/');
    await page.getByRole('link', { name: 'New lead' }).first().click();
    const dialog = page.locator('dialog');
    await dialog.locator('#f-name').fill('Twice In A Dialog');
    const held = await hold(page, is('POST', '/leads'));
    await dialog.getByRole('button', { name: 'Create lead' }).click();
    await held.asked;
    await dialog.locator('#f-name').press('Enter');
    await dialog.getByRole('button', { name: 'Create lead' }).click();
    await held.go();
    await page.locator('.toast', { hasText: 'Created.' }).waitFor();
    assert.equal(await named('Twice In A Dialog'), 1);
});

test('a form that the browser itself sends is sent once, too', async () => {
    const page = await company.open('/settings/invitations/new', { who: 'nora' });
    await page.getByLabel('E-mail addresses').fill('once@example.com');
    const held = await hold(page, is('POST', '/settings/invitations'));
    await page.getByRole('button', { name: 'Invite' }).evaluate((button) => {
        button.click();
        setTimeout(() => button.click(), 500);
    });
    await held.asked;
    await page.waitForTimeout(1000); // pressed a second time
    held.release();
    await page.getByRole('textbox', { name: 'Link for once@example.com' }).waitFor();
    assert.equal(held.requests.length, 1);
});

test('a form that was refused can be sent again', async () => {
    const page = await company.open('/leads/new');
    await page.getByLabel(/^E-mail/).fill('nobody');
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.locator('[data-error-summary]').waitFor();
    await page.getByLabel(/^E-mail/).fill('');
    await page.locator('#f-name').fill('At The Second Try');
    await page.route('**/leads', (route) => route.abort());
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.locator('.toast', { hasText: 'No answer from the server' }).getByRole('button', { name: 'Dismiss' }).click();
    await page.unroute('**/leads');
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.locator('.toast', { hasText: 'Created.' }).waitFor();
    assert.equal(await named('At The Second Try'), 1);
    company.problems = company.problems.filter((said) => !/ERR_FAILED|Failed to fetch/.test(said));
});

test('of two links the one that was followed last leads on', async () => {
    const page = await company.open('/leads');
    const held = await hold(page, is('GET', '/clients'));
    await page.locator('.sidebar a[href="/clients"]').click();
    await held.asked;
    await page.locator('.sidebar a[href="/tasks"]').click();
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    await held.go();
    assert.equal(new URL(page.url()).pathname, '/tasks');
    assert.equal(await page.locator('h1').innerText(), 'Tasks');
});

test('a page that one has left is not put into the next one', async () => {
    const page = await company.open('/lead_sources');
    const held = await hold(page, is('GET', '/lead_sources'));
    await company.api.post('/lead_sources', { name: 'A late one' });
    await held.asked;
    await page.locator('.sidebar a[href="/tasks"]').click();
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    await held.go();
    assert.equal(await page.locator('h1').innerText(), 'Tasks');
});

test('a dialog that was asked for twice opens once, and keeps what was typed', async () => {
    const page = await company.open('/');
    const link = page.getByRole('link', { name: 'New lead' }).first();
    await link.hover();
    const held = await hold(page, is('GET', '/leads/new'));
    await link.click();
    await held.asked;
    const again = await hold(page, is('GET', '/leads/new'));
    await link.click();
    await held.go();
    await page.locator('dialog #f-name').fill('Typed while it was on its way');
    await again.go();
    assert.equal(await page.locator('dialog #f-name').inputValue(), 'Typed while it was on its way');
});

test('a field that is being changed stays so when another one has been saved', async () => {
    const [{ id }] = await leads(1);
    const page = await company.open(`/leads/${id}`);
    await place(page, 'next_step').click();
    await field(page, 'next_step').fill('Saved late');
    const held = await hold(page, is('GET', `/leads/${id}`));
    await page.keyboard.press('Enter');
    await held.asked; // it is saved; the page is fetched anew
    await place(page, 'job_title').click();
    await field(page, 'job_title').fill('Half a word');
    await held.go();
    assert.equal(await field(page, 'job_title').inputValue(), 'Half a word');
    assert.equal(await page.evaluate('document.activeElement.name'), 'job_title');
    await page.keyboard.press('Enter');
    await page.locator('.changes', { hasText: 'Half a word' }).waitFor();
});

test('half a note stays when a field has been saved and a file been added', async () => {
    const [, { id }] = await leads(2);
    const page = await company.open(`/leads/${id}`);
    await note(page).fill('Half a thou');
    await place(page, 'next_step').click();
    await field(page, 'next_step').fill('Ring them');
    await page.keyboard.press('Enter');
    await page.locator('.changes', { hasText: 'Ring them' }).waitFor();
    assert.equal(await note(page).inputValue(), 'Half a thou');
    await page.setInputFiles('[data-files]', { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') });
    await page.locator('.files > li', { hasText: 'plan.txt' }).waitFor();
    assert.equal(await note(page).inputValue(), 'Half a thou');
});

test('the next note that is begun while one is on its way stays', async () => {
    const [, , , { id }] = await leads(4);
    const page = await company.open(`/leads/${id}`);
    const held = await hold(page, (request) => request.method() === 'POST');
    const save = page.getByRole('button', { name: 'Save note' });
    await note(page).fill('The first of two');
    await save.click();
    await held.asked;
    await note(page).fill('The second of two');
    await held.go();
    await page.locator('.timeline').getByText('The first of two').waitFor();
    assert.equal(await note(page).inputValue(), 'The second of two');
    await save.click();
    await page.locator('.timeline').getByText('The second of two').waitFor();
    await becomes(() => note(page).inputValue(), '');
});

test('who writes elsewhere while a field is saved goes on writing', async () => {
    const [, , { id }] = await leads(3);
    const page = await company.open(`/leads/${id}`);
    await place(page, 'next_step').click();
    await field(page, 'next_step').fill('Write to them');
    const held = await hold(page, is('POST', `/leads/${id}`));
    await page.keyboard.press('Enter');
    await held.asked;
    await note(page).click();
    await page.keyboard.type('One, ');
    await held.go();
    await page.locator('.changes', { hasText: 'Write to them' }).waitFor();
    await page.keyboard.type('two');
    assert.equal(await note(page).inputValue(), 'One, two');
});

test('a cell that is being changed keeps the focus when another one has been saved', async () => {
    const page = await company.open('/leads?sort=name');
    const at = await page.locator('thead th[data-f]').evaluateAll((all) => all.map((th) => th.dataset.f).indexOf('company_name'));
    const cell = (i) => page.locator('tbody tr[id]').nth(i).locator('> :not(.sel)').nth(at);
    await cell(0).dblclick();
    await cell(0).locator('input.input').fill('First Cell');
    const held = await hold(page, (request) => request.method() === 'POST' && request.url().endsWith('/field'));
    await page.keyboard.press('Enter');
    await held.asked;
    await cell(3).dblclick();
    await cell(3).locator('input.input').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Second ');
    await held.go();
    await cell(0).getByText('First Cell').waitFor();
    await page.waitForFunction(() => !document.querySelector('tbody [aria-busy]'));
    await page.keyboard.type('Cell');
    assert.equal(await cell(3).locator('input.input').inputValue(), 'Second Cell');
});

test('cards that are moved one after another stay where they were put', async () => {
    const page = await company.open('/leads/board');
    const lane = (i) => page.locator('.lane:not([data-collapsed])').nth(i);
    const card = async (i) => lane(0).locator('.kcard').nth(i).getAttribute('data-id');
    const [a, b] = [await card(0), await card(1)];
    const held = await hold(page, is('POST', `/leads/${b}/move`));
    const move = async (id) => {
        await page.locator(`.kcard[data-id="${id}"] h3 a`).focus();
        await page.keyboard.press('Shift+ArrowRight');
    };
    await move(b);
    await held.asked;
    await move(a);
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    assert.equal(await lane(1).locator(`.kcard:is([data-id="${a}"], [data-id="${b}"])`).count(), 2);
    await held.go();
    await page.waitForFunction((id) => document.querySelector(`.kcard[data-id="${id}"]:not([aria-busy])`), b);
    await settled(page);
    assert.equal(await lane(1).locator(`.kcard:is([data-id="${a}"], [data-id="${b}"])`).count(), 2);
});

test('further rows that are long in coming come in where they were awaited', async () => {
    const page = await company.open('/leads?sort=name');
    const rows = page.locator('tbody tr[id]');
    assert.equal(await rows.count(), 50);
    const held = await hold(page, (request) => request.url().includes('cursor='));
    await page.locator('.table-wrap').evaluate((area) => area.scrollTo(0, area.scrollHeight));
    await page.locator('tbody.skeleton').waitFor({ state: 'attached' });
    await held.go();
    await page.waitForFunction(() => document.querySelectorAll('tbody:not(.skeleton) tr[id]').length >= 100);
    assert.equal(await page.locator('tbody.skeleton').count(), 0);
});

test('what is typed before the form\'s script is there is kept, and no draft is put over it', async () => {
    const page = await company.open('/leads/new');
    const kept = (text) => page.waitForFunction((words) => Object.values(localStorage).some((v) => v.includes(words)), text);
    await page.getByLabel(/^Company/).fill('Old words');
    await page.getByLabel(/^Job title/).fill('Buyer');
    await kept('Buyer');
    await page.goto('/');
    const held = await hold(page, (request) => /\/assets\/form\b/.test(request.url()));
    await page.getByRole('link', { name: 'New lead' }).first().click();
    const dialog = page.locator('dialog');
    await dialog.getByLabel(/^Company/).fill('New words');
    await held.asked;
    await held.go();
    await kept('New words');
    assert.equal(await dialog.getByLabel(/^Company/).inputValue(), 'New words');
    assert.equal(await dialog.getByLabel(/^Job title/).inputValue(), 'Buyer');
});

test('who goes elsewhere while an event is moved stays there', async () => {
    const made = await company.api.post('/calendar_events',
        { title: 'Moved Late', starts_at: '2031-03-05T09:00:00Z', ends_at: '2031-03-05T10:00:00Z' });
    assert.equal(made.status, 201, made.text);
    const id = made.json.id ?? made.json.data.id;
    const page = await company.open('/calendar_events/calendar?show=month&date=2031-03-05', { who: 'nora' });
    const held = await hold(page, (request) => request.method() === 'POST');
    await page.locator(`.evt[data-id="${id}"] .ev`).first().focus();
    await page.keyboard.press('Shift+ArrowRight');
    await held.asked;
    const link = page.locator('.sidebar a[href="/leads"]');
    await link.focus();
    await held.go();
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    await settled(page);
    assert.equal(await link.evaluate((element) => element === document.activeElement), true);
});
