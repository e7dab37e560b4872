// A record and its form in a browser: notes, deleting and undoing, moving along the path, what a form says and keeps.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const lead = async (status) => company.one('leads', `filter[lead_status_id]=${await company.status(status)}&sort=id`);

for (const scripts of [true, false]) {
    const how = scripts ? 'with scripts' : 'without scripts';

    test(`a record in the bin says so and can be restored, ${how}`, async () => {
        const { id } = await lead('Proposal Sent');
        await company.api.delete(`/leads/${id}`);
        const page = await company.open(`/leads/${id}`, { scripts });
        await page.getByText('This record is in the bin.').waitFor();
        assert.equal(await page.getByRole('link', { name: 'Edit', exact: true }).count(), 0);
        await page.getByRole('button', { name: 'Restore it' }).click();
        await page.locator('.toast', { hasText: 'Restored.' }).waitFor();
        await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
    });

    test(`the path moves the record, and asks where a status asks, ${how}`, async () => {
        const { id } = await lead('New');
        const page = await company.open(`/leads/${id}`, { scripts });
        await page.locator('.path').getByRole('button', { name: 'Contacted' }).click();
        await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
        assert.equal((await page.locator('.path [aria-current=step]').innerText()).trim(), 'Contacted');
        await page.locator('.path').getByRole('button', { name: 'Lost' }).click();
        await page.locator('#f-note-error').waitFor();
        await page.locator('#f-note').fill('Bought elsewhere.');
        await page.getByRole('button', { name: 'Move', exact: true }).click();
        await page.getByText('Bought elsewhere.').first().waitFor();
        assert.equal(new URL(page.url()).pathname, `/leads/${id}`);
        assert.equal((await page.locator('.path [aria-current=step]').innerText()).trim(), 'Lost');
    });

    test(`two who edit the same record do not overwrite each other, ${how}`, async () => {
        const { id } = await lead('Negotiation');
        const page = await company.open(`/leads/${id}/edit`, { scripts });
        const changed = await company.api.patch(`/leads/${id}`, { next_step: `Call, ${how}` });
        assert.equal(changed.status, 200);
        await page.getByLabel(/^Job title/).fill('Buyer');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.locator('[data-error-summary]').waitFor();
        assert.equal(await page.getByLabel(/^Job title/).inputValue(), 'Buyer');
        assert.equal((await company.api.get(`/leads/${id}`)).json.next_step, `Call, ${how}`);
    });

    test(`a call, a task and a meeting are added where the note is, ${how}`, async () => {
        const { id } = await lead('Contacted');
        const page = await company.open(`/leads/${id}`, { scripts });
        const timeline = page.locator('.timeline');
        const choose = (name) => (scripts ? page.getByRole('radio', { name }).focus().then(() => page.keyboard.press('Space'))
            : page.getByRole('radio', { name }).check());
        const save = async (name, shown) => { // the message of the one before may still stand
            if (scripts) await page.keyboard.press('Control+Enter');
            else await page.getByRole('button', { name }).click();
            await timeline.getByText(shown).first().waitFor();
            await page.locator('.toast', { hasText: 'Created.' }).waitFor();
            assert.equal(new URL(page.url()).pathname, `/leads/${id}`);
        };
        await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Not sent yet');
        await choose('Task');
        await page.getByLabel('What is to be done').fill(`Order the rails, ${how}`);
        await choose('Log call');
        assert.equal(await page.getByRole('textbox', { name: 'Note', exact: true }).isVisible(), false);
        await page.getByLabel('What was said').fill(`Wants a price, ${how}`);
        await page.getByLabel('Outcome').fill('Interested');
        await choose('Note');
        assert.equal(await page.getByRole('textbox', { name: 'Note', exact: true }).inputValue(), 'Not sent yet');
        await page.getByRole('textbox', { name: 'Note', exact: true }).fill('');
        await choose('Log call');
        await page.getByLabel('What was said').focus();
        await save('Save call', `Wants a price, ${how}`);
        const call = await company.one('sales_activities', `filter[lead_id]=${id}&sort=-created_at`);
        assert.deepEqual([call.type, call.outcome, Boolean(call.completed_at)], ['phone_call', 'Interested', true]);
        await choose('Task');
        await page.getByLabel('What is to be done').fill(`Order the rails, ${how}`);
        await page.getByLabel('Due', { exact: true }).fill('2027-01-15T09:30');
        await save('Save task', `Order the rails, ${how}`);
        await timeline.getByRole('link', { name: `Order the rails, ${how}` }).waitFor();
        await choose('Meeting');
        await page.getByLabel('What it is about').fill(`See the roof, ${how}`);
        await page.getByLabel('When', { exact: true }).fill('2027-01-16T10:00');
        await save('Save meeting', `See the roof, ${how}`);
        const meeting = await company.one('sales_activities', `filter[lead_id]=${id}&filter[type]=meeting&sort=-created_at`);
        assert.deepEqual([meeting.description, Boolean(meeting.scheduled_at)], [`See the roof, ${how}`, true]);
    });

    test(`a task made from a record leads back to it, ${how}`, async () => {
        const { id } = await lead('Contacted');
        const page = await company.open(`/leads/${id}`, { scripts });
        await page.getByRole('radio', { name: 'Task' }).check();
        await page.locator('.composer').getByRole('link', { name: 'Task with all fields' }).click();
        const form = scripts ? page.locator('dialog form') : page.locator('main form[data-in-dialog]');
        await form.getByLabel('Title').fill(`Measure the roof, ${how}`);
        await form.getByRole('button', { name: 'Create task' }).click();
        await page.locator('.toast', { hasText: 'Created.' }).waitFor();
        assert.equal(new URL(page.url()).pathname, `/leads/${id}`);
        await page.locator('.timeline').getByRole('link', { name: `Measure the roof, ${how}` }).waitFor();
    });
}

test('a note that somebody else writes appears by itself', async () => {
    const { id } = await lead('Contacted');
    const page = await company.open(`/leads/${id}`);
    await page.locator('details.fieldset summary').first().click();
    await company.api.post('/notes', { content: 'From the van.', subject_type: 'leads', subject_id: id });
    await page.locator('.timeline').getByText('From the van.').waitFor();
    assert.equal(await page.locator('details.fieldset').first().getAttribute('open'), null);
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Half a thou');
    await company.api.post('/notes', { content: 'From the roof.', subject_type: 'leads', subject_id: id });
    await page.waitForTimeout(4500);
    assert.equal(await page.getByRole('textbox', { name: 'Note', exact: true }).inputValue(), 'Half a thou');
    assert.equal(await page.getByText('From the roof.').count(), 0);
});

for (const touch of [false, true])
    test(`a note names people by @, and keeps up with their names, ${touch ? 'by touch' : 'by the keyboard'}`, async () => {
        const { id } = await lead('Contacted');
        const tom = await company.one('users', `filter[email]=${encodeURIComponent(company.mail('tom'))}`);
        const page = await company.open(`/leads/${id}`, { touch, ...(touch && { width: 390, height: 844 }) });
        const note = page.getByRole('textbox', { name: 'Note', exact: true });
        await note.focus();
        await page.keyboard.type('Ask @');
        await page.getByRole('option').nth(2).waitFor();
        await page.keyboard.type(tom.name.slice(0, 2));
        const option = page.getByRole('option', { name: tom.name });
        await option.waitFor();
        assert.deepEqual(await axe(page), []);
        if (touch) await option.tap();
        else {
            while (await option.getAttribute('aria-selected') !== 'true') await page.keyboard.press('ArrowDown');
            await page.keyboard.press('Enter');
        }
        await page.keyboard.type(`about the roof, ${touch}.`);
        const written = tom.name.replace(/[[\]]/g, '');
        assert.equal(await note.inputValue(), `Ask [@${written}](/users/${tom.id}) about the roof, ${touch}.`);
        await page.getByRole('button', { name: 'Save note' }).click();
        const shown = page.locator('.timeline .prose', { hasText: `about the roof, ${touch}.` });
        await shown.waitFor();
        assert.equal(await shown.getByRole('link', { name: `@${tom.name}` }).getAttribute('href'), `/users/${tom.id}`);
        await company.api.patch(`/users/${tom.id}`, { name: `Tom *New* [${touch}]` });
        await page.reload();
        assert.equal(await shown.innerText(), `Ask @Tom *New* [${touch}] about the roof, ${touch}.`);
    });
