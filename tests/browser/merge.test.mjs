// merge.test.mjs - duplicates found in the list and made one, by mouse, by keys alone, on a phone and without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(() => company.stop());

let serial = 0;
async function pair() {
    const name = `Wombat Crossing ${++serial}`;
    const make = async (body) => (await company.api.post('/clients', { name, email: `desk@w${serial}.example`, ...body })).json;
    return [await make({ industry: 'Retail' }), await make({ industry: 'Health', website: 'https://wombat.example' })];
}
// What was done is in the address for a moment only, so the message tells.
async function merged(page, { id }) {
    await page.locator('.toast', { hasText: 'Merged.' }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/clients/${id}`);
}
const client = async (id) => (await company.api.get(`/clients/${id}`)).json;

test('from the list to the two side by side, by mouse, and back by Undo', async () => {
    const [kept, gone] = await pair();
    const page = await company.open('/clients', { who: 'nora' });
    await page.click('a:has-text("Duplicates")');
    await page.waitForURL('**/clients/duplicates');
    await page.click(`a[href="/clients/${kept.id}/merge?with=${gone.id}"]`);
    await page.waitForURL('**/merge?with=*');
    assert.ok(await page.isChecked('input[name="take.website"][value=other]'), 'what it lacks is chosen of the other');
    assert.ok(await page.isChecked('input[name="take.industry"][value=kept]'));
    await page.click('[aria-labelledby=l-industry] label:has-text("Health")');
    await page.click('button:has-text("Merge")');
    await merged(page, kept);
    assert.deepEqual([(await client(kept.id)).industry, (await client(kept.id)).website], ['Health', 'https://wombat.example']);
    await page.click('button:has-text("Undo")');
    await page.locator('.toast', { hasText: 'Undone.' }).waitFor();
    assert.equal((await client(gone.id)).id, gone.id, 'it is itself again');
    assert.equal((await client(kept.id)).industry, 'Retail');
    await page.context().close();
});

test('by keys alone: a radio by the arrows, the form by Enter', async () => {
    const [kept, gone] = await pair();
    const page = await company.open(`/clients/${kept.id}/merge?with=${gone.id}`, { who: 'nora' });
    await page.focus('input[name="take.industry"][value=kept]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await merged(page, kept);
    assert.equal((await client(kept.id)).industry, 'Health');
    await page.context().close();
});

test('without scripts, on a phone: nothing stands beside the screen', async () => {
    const [kept, gone] = await pair();
    const page = await company.open('/clients/duplicates', { who: 'nora', scripts: false, width: 390, height: 844 });
    await page.click(`a[href="/clients/${kept.id}/merge?with=${gone.id}"]`);
    await page.click('a:has-text("Keep the other one")');
    await page.click('button:has-text("Merge")');
    await merged(page, gone);
    assert.equal((await client(gone.id)).name, kept.name);
    await page.goto(`/clients/${kept.id}`);
    assert.equal(new URL(page.url()).pathname, `/clients/${gone.id}`, 'the old address leads on');
    await page.context().close();
});

test('a record finds the one that it is the same as, by words', async () => {
    const [kept, gone] = await pair();
    const page = await company.open(`/clients/${kept.id}`, { who: 'nora' });
    await page.click(`a[href="/clients/${kept.id}/merge"]`);
    await page.waitForURL('**/merge');
    await page.click(`a[href="/clients/${kept.id}/merge?with=${gone.id}"]`);
    await page.waitForURL('**/merge?with=*');
    await page.context().close();
});

for (const [theme, width] of [['light', 1440], ['dark', 1440], ['light', 390]]) {
    test(`the pages have no fault that axe knows and fit the screen, ${theme}, ${width} pixels`, async () => {
        const [kept, gone] = await pair();
        const page = await company.open('/clients', { who: 'nora', theme, width });
        for (const path of ['/clients/duplicates', `/clients/${kept.id}/merge`, `/clients/${kept.id}/merge?with=${gone.id}`]) {
            await page.goto(path);
            assert.deepEqual(await axe(page), [], path);
            assert.ok(await sideways(page) <= 0, path);
        }
        await page.context().close();
    });
}
