// A record's fields changed where they stand, its neighbours in the list, its history and its files: with the keyboard alone, by
// mouse, on a phone, and without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const leads = async (n) => (await company.api.get(`/leads?limit=${n}&sort=id`)).json.data;
const stored = async (id) => (await company.api.get(`/leads/${id}`)).json;
const place = (page, name) => page.locator(`#main a[data-edit="${name}"]`);
const field = (page, name) => page.locator(`form[data-field="${name}"] [name="${name}"]`);

test('each kind has its own control: a choice, a person, money, a date', async () => {
    const [, { id }] = await leads(2);
    const page = await company.open(`/leads/${id}`);
    for (const [name, value, want] of [['priority', 'urgent', 'urgent'], ['estimated_value', '12,500.50', '12500.50'],
        ['expected_close_on', '2027-02-03', '2027-02-03']]) {
        await place(page, name).click();
        const control = field(page, name);
        await control.waitFor();
        if (name === 'priority') await control.selectOption(value);
        else await control.fill(value);
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.locator(`form[data-field="${name}"]`).waitFor({ state: 'detached' });
        await place(page, name).waitFor();
        assert.equal((await stored(id))[name], want);
    }
    await place(page, 'assigned_to_id').click();
    await field(page, 'assigned_to_id').selectOption({ label: 'Mei Castellanos' });
    await page.keyboard.press('Enter');
    await page.locator('.rec-head', { hasText: 'Mei Castellanos' }).waitFor();
});

test('what the server refuses comes back into its place', async () => {
    const [, , { id, email }] = await leads(3);
    const page = await company.open(`/leads/${id}`);
    await page.locator('a[data-edit=email]').focus();
    await page.keyboard.press('Enter');
    await field(page, 'email').fill('nobody');
    await page.keyboard.press('Enter');
    await page.locator('#f-email-error').waitFor();
    assert.equal(await field(page, 'email').inputValue(), 'nobody');
    assert.equal(await page.evaluate('document.activeElement.name'), 'email');
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Escape');
    assert.equal((await stored(id)).email, email);
});

for (const scripts of [true, false]) {
    const how = scripts ? 'with scripts' : 'without scripts';

    test(`who changes what somebody else just changed sees both and chooses, ${how}`, async () => {
        const all = await leads(6), mine = all[scripts ? 3 : 4].id;
        const page = await company.open(`/leads/${mine}`, { scripts });
        await place(page, 'next_step').click();
        await field(page, 'next_step').fill('Mine');
        await company.api.patch(`/leads/${mine}`, { next_step: 'Theirs', job_title: 'Buyer' });
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText('Somebody changed this meanwhile to Theirs').waitFor();
        assert.equal(await page.getByText('Somebody changed this meanwhile').count(), 1, 'said once');
        assert.equal(await field(page, 'next_step').inputValue(), 'Mine');
        assert.equal((await stored(mine)).next_step, 'Theirs');
        await page.getByRole('button', { name: 'Save mine' }).click();
        await page.locator('.changes', { hasText: 'Mine' }).first().waitFor();
        const now = await stored(mine);
        assert.deepEqual([now.next_step, now.job_title], ['Mine', 'Buyer']);
    });

    test(`an old value is put back from the history, ${how}`, async () => {
        const { id } = (await leads(8))[scripts ? 5 : 6];
        await company.api.patch(`/leads/${id}`, { next_step: 'Before' });
        await company.api.patch(`/leads/${id}`, { next_step: 'After' });
        const page = await company.open(`/leads/${id}?show=changes`, { scripts, who: 'nora' });
        await page.getByRole('button', { name: 'Restore Next step: Before' }).first().click();
        await page.locator('.toast', { hasText: 'Saved.' }).waitFor();
        assert.equal((await stored(id)).next_step, 'Before');
    });

    test(`the next record of the list that one came from is one step away, ${how}`, async () => {
        const page = await company.open('/leads?sort=-estimated_value', { scripts });
        const links = await page.locator('#main tbody a[href^="/leads/"]').evaluateAll((all) => all.map((a) => a.pathname));
        const order = [...new Set(links.filter((path) => /^\/leads\/\d+$/.test(path)))];
        await page.locator(`#main tbody a[href="${order[0]}"]`).first().click();
        await page.getByRole('link', { name: 'Next record' }).waitFor();
        assert.equal(await page.getByRole('button', { name: 'Previous record' }).isDisabled(), true);
        if (scripts) await page.keyboard.press('j');
        else await page.getByRole('link', { name: 'Next record' }).click();
        await page.waitForURL((url) => url.pathname === order[1]);
        await page.getByRole('link', { name: 'Next record' }).click();
        await page.waitForURL((url) => url.pathname === order[2]);
        await page.getByRole('link', { name: 'Previous record' }).click();
        await page.waitForURL((url) => url.pathname === order[1]);
    });

    test(`the timeline shows one kind where asked, ${how}`, async () => {
        const { id } = (await leads(9))[7];
        await company.api.post('/notes', { content: `Seen, ${how}.`, subject_type: 'leads', subject_id: id });
        const page = await company.open(`/leads/${id}`, { scripts });
        await page.locator('.tl-filter').getByRole('link', { name: 'Notes' }).click();
        await page.waitForURL((url) => url.searchParams.get('show') === 'notes');
        await page.locator('.timeline').getByText(`Seen, ${how}.`).waitFor();
        assert.equal(await page.locator('.timeline').getByText('created it').count(), 0);
    });
}

test('a picture that is dropped stands in the timeline', async () => {
    const { id } = (await leads(10))[8];
    const page = await company.open(`/leads/${id}`);
    await page.evaluate(() => {
        const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
        const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'roof.png', { type: 'image/png' }));
        const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        document.querySelector('#main .record').dispatchEvent(drop);
    });
    const picture = page.locator('.timeline img[alt="roof.png"]');
    await picture.waitFor();
    await page.waitForFunction(() => document.querySelector('.timeline img').naturalWidth === 1);
    assert.deepEqual(await axe(page), []);
});

test('when the server cannot be reached the old value is back, and can be tried again', async () => {
    const { id } = (await leads(11))[9];
    const page = await company.open(`/leads/${id}`);
    await place(page, 'next_step').click();
    await field(page, 'next_step').fill('Later');
    await page.route(`**/leads/${id}`, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: 'Not saved' }).waitFor();
    await page.unroute(`**/leads/${id}`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.changes', { hasText: 'Later' }).waitFor();
    assert.equal((await stored(id)).next_step, 'Later');
    company.problems = company.problems.filter((said) => !said.includes('ERR_FAILED'));
});
