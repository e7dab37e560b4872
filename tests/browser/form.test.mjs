// Forms in a browser: a field is checked when it is left, records that look the same are named, a record is picked by a few
// letters or made, and nothing typed is lost: not by a reload, a closed dialog or a session that has ended.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, becomes, sideways } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const drafts = (page) => page.evaluate('Object.keys(localStorage).filter((key) => key.startsWith("draft:"))');
const kept = (text) => Object.values(localStorage).some((value) => value.includes(text));
const typed = (page, text) => page.waitForFunction(kept, text);

// More than a choice shows: the field asks for letters.
async function many_clients() {
    if (await company.one('clients', 'filter[name]=Quillfeather 209')) return;
    for (let i = 0; i < 210; i++) {
        const made = await company.api.post('/clients', { name: `Quillfeather ${i}` });
        assert.equal(made.status, 201);
    }
}

test('a field says what is wrong as soon as it is left, and is quiet once it is right', async () => {
    const page = await company.open('/leads/new');
    await page.getByLabel(/^E-mail/).focus();
    await page.keyboard.press('Tab'); // what was not touched is not told
    await page.getByLabel(/^E-mail/).fill('nobody');
    await page.keyboard.press('Tab');
    await page.locator('#f-email-error').waitFor();
    assert.equal(await page.getByLabel(/^E-mail/).getAttribute('aria-describedby'), 'f-email-error');
    assert.deepEqual(await axe(page), []);
    await page.getByLabel(/^E-mail/).fill('ines@marrow.example');
    await page.keyboard.press('Tab');
    await page.locator('#f-email-error').waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel(/^E-mail/).getAttribute('aria-invalid'), null);
});

test('somebody with the same address is named while it is typed', async () => {
    const { id, name, email } = await company.one('leads', 'filter[email][null]=false&sort=id');
    const page = await company.open('/leads/new', { who: 'nora' });
    await page.getByLabel(/^E-mail/).fill(email);
    await page.keyboard.press('Tab');
    const said = page.locator('.similar');
    await said.getByRole('link', { name }).first().waitFor();
    assert.equal(await said.locator(`a[href="/leads/${id}"]`).count(), 1);
    const own = await company.open(`/leads/${id}/edit`, { who: 'nora' });
    await own.getByLabel(/^E-mail/).fill(`${email} `);
    const answered = own.waitForResponse((response) => response.url().endsWith('/leads/check'));
    await own.keyboard.press('Tab');
    await answered;
    assert.equal(await own.locator(`.similar a[href="/leads/${id}"]`).count(), 0);
});

test('what was typed is there again after a reload, and gone once it is saved', async () => {
    const page = await company.open('/leads/new');
    await page.getByLabel(/^Company/).fill('Marrow & Vine');
    await page.getByLabel(/^Priority/).selectOption('urgent');
    await typed(page, 'Marrow');
    await page.reload();
    await page.getByText('What you typed before is here again.').waitFor();
    assert.equal(await page.getByLabel(/^Company/).inputValue(), 'Marrow & Vine');
    assert.equal(await page.getByLabel(/^Priority/).inputValue(), 'urgent');
    assert.deepEqual(await axe(page), []);
    await page.getByLabel(/^First name/).fill('Ines');
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.locator('.toast', { hasText: 'Created.' }).waitFor();
    await becomes(() => drafts(page), []);
});

test('a draft can be put aside, with the keyboard alone', async () => {
    const page = await company.open('/leads/new');
    await page.getByLabel(/^Company/).fill('Not this one');
    await typed(page, 'Not this one');
    await page.reload();
    await page.getByRole('button', { name: 'Start afresh' }).focus();
    await page.keyboard.press('Enter');
    await becomes(() => page.getByLabel(/^Company/).inputValue(), '');
    await becomes(() => drafts(page), []);
});

test('what was typed in a dialog outlives closing it', async () => {
    const { id } = await company.one('leads', 'sort=id');
    const page = await company.open(`/leads/${id}`);
    await page.getByRole('radio', { name: 'Task' }).check();
    await page.locator('.composer').getByRole('link', { name: 'Task with all fields' }).click();
    await page.locator('dialog form').getByLabel('Title').fill('Measure the roof');
    await typed(page, 'Measure the roof');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Task' }).check();
    await page.locator('.composer').getByRole('link', { name: 'Task with all fields' }).click();
    await page.locator('dialog form', { hasText: 'What you typed before' }).waitFor();
    assert.equal(await page.locator('dialog form').getByLabel('Title').inputValue(), 'Measure the roof');
    await page.getByRole('button', { name: 'Create task' }).click();
    await page.locator('.toast', { hasText: 'Created.' }).waitFor();
    await becomes(() => drafts(page), []);
});

test('what was typed outlives a session that has ended', async () => {
    const page = await company.open('/leads/new', { who: 'tom' });
    await page.getByLabel(/^Company/).fill('Long typed');
    await typed(page, 'Long typed');
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.context().addCookies(cookies);
    await page.goto('/leads/new');
    await page.getByText('What you typed before is here again.').waitFor();
    assert.equal(await page.getByLabel(/^Company/).inputValue(), 'Long typed');
});

test('a password is never kept', async () => {
    const page = await company.open('/users/new', { who: 'nora' });
    await page.getByLabel(/^Name/).fill('Zoe Quill');
    await page.locator('#f-password').fill('open sesame 77');
    await typed(page, 'Zoe Quill');
    assert.equal(await page.evaluate('JSON.stringify(localStorage).includes("sesame")'), false);
});

test('a record is picked by a few letters, or made where there is none', async () => {
    await many_clients();
    const page = await company.open('/contacts/new', { who: 'nora' });
    const client = page.locator('#f-client_id');
    await client.fill('quillf 20');
    await page.locator('.pick-list [role=option]', { hasText: 'Quillfeather 205' }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('.pick-list [aria-selected=true]').getAttribute('data-title');
    await page.keyboard.press('Enter');
    assert.equal(await client.inputValue(), chosen);
    await client.fill('Brand New Client');
    await page.getByRole('option', { name: 'Create “Brand New Client”' }).click();
    await page.locator('.toast', { hasText: 'Created Brand New Client.' }).waitFor();
    await page.getByLabel(/^First name/).fill('Ines');
    await page.getByRole('button', { name: 'Create contact' }).click();
    await page.locator('.toast', { hasText: 'Created.' }).waitFor();
    const contact = (await company.api.get(`/contacts/${/\d+/.exec(new URL(page.url()).pathname)[0]}`)).json;
    const made = (await company.api.get(`/clients/${contact.client_id}`)).json;
    assert.equal(made.name, 'Brand New Client');
});

test('a record that is made late is not taken for what was typed since', async () => {
    await many_clients();
    const page = await company.open('/contacts/new', { who: 'nora' });
    const client = page.locator('#f-client_id');
    const asked = new Promise((done) => {
        page.route('**/api/v1/clients', (route) => done(() => route.continue()));
    });
    await client.fill('Made Too Late');
    await page.getByRole('option', { name: 'Create “Made Too Late”' }).click();
    const go_on = await asked;
    await client.fill('Quillfeather 7');
    await go_on();
    await page.locator('.toast', { hasText: 'Created Made Too Late.' }).waitFor();
    const sent = await client.evaluate((input) => [...new FormData(input.form)].filter(([key]) => key === 'client_id'));
    assert.deepEqual(sent, [['client_id', 'Quillfeather 7']]);
});

test('on a phone the form fits', async () => {
    const page = await company.open('/leads/new', { width: 390, height: 844, theme: 'dark' });
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await axe(page), []);
});
