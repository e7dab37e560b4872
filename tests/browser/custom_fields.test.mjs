// A field that a company adds, as people do it: made in the settings, filled in on a form, seen in the list, filtered by, changed
// where it stands; with scripts and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const lead = async (id) => (await company.api.get(`/leads/${id}`)).json;
const head = (page) => page.locator('thead th[data-f]').evaluateAll((all) => all.map((th) => th.dataset.f));

for (const scripts of [true, false]) {
    const how = scripts ? 'with scripts' : 'without scripts';
    const label = scripts ? 'Roof type' : 'Wall type', key = scripts ? 'cf_roof_type' : 'cf_wall_type';

    test(`a field is added, filled in, listed, filtered by and changed in place, ${how}`, async () => {
        let page = await company.open('/settings', { who: 'nora', scripts });
        await page.getByRole('link', { name: /^Custom fields/ }).click();
        await page.getByRole('link', { name: 'New custom field' }).first().click();
        await page.getByLabel('Label').fill(label);
        await page.locator('#f-entity').selectOption({ label: 'Leads' });
        await page.locator('#f-kind').selectOption({ label: 'Choice' });
        await page.getByRole('button', { name: 'Create custom field' }).click();
        await page.locator('#f-choices-error').waitFor(); // there is nothing to choose from
        assert.equal(await page.getByLabel('Label').inputValue(), label);
        await page.locator('#f-choices').fill('Tin, Tile, Flat');
        await page.locator('#f-is_in_list').check();
        await page.locator('#f-is_filterable').check();
        if (scripts) assert.deepEqual(await axe(page), []);
        await page.getByRole('button', { name: 'Create custom field' }).click();
        await page.getByRole('heading', { name: label }).waitFor();
        const made = (await company.api.get(`/custom_fields?filter[label]=${label}`)).json.data[0];
        assert.deepEqual([made.entity, `cf_${made.name}`, made.choices], ['leads', key, ['Tin', 'Tile', 'Flat']]);

        page = await company.open('/leads/new', { who: 'priya', scripts });
        await page.locator('#f-name').fill(`Lead with a ${label}`);
        await page.locator(`#f-${key}`).selectOption('Tile');
        await page.getByRole('button', { name: 'Create lead' }).click();
        await page.waitForURL(/\/leads\/\d+/);
        const id = Number(/\/leads\/(\d+)/.exec(page.url())[1]);
        assert.equal((await lead(id)).custom_fields[made.name], 'Tile');
        await page.locator('#main', { hasText: label }).waitFor();

        await page.goto('/leads');
        assert.ok((await head(page)).includes(key), 'it is a column');
        await page.locator('.filter-add summary').click();
        await page.locator('#filter-f').selectOption(key);
        if (!scripts) await page.getByRole('button', { name: 'Next' }).click();
        await page.getByLabel('Tile').check();
        await page.getByRole('button', { name: 'Apply' }).click();
        await page.locator('.chip', { hasText: label }).waitFor();
        assert.deepEqual(await page.locator('tbody tr[id]').evaluateAll((rows) => rows.map((row) => row.id)), [`r${id}`]);

        await page.goto(`/leads/${id}`);
        await page.locator(`#main a[data-edit="${key}"]`).click();
        const control = page.locator(`[name="${key}"]`);
        await control.selectOption('Flat');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.locator('.changes', { hasText: 'Flat' }).waitFor();
        assert.equal((await lead(id)).custom_fields[made.name], 'Flat');
    });
}

test('a cell of it is edited in the list', async () => {
    const { id, name } = (await company.api.post('/custom_fields',
        { entity: 'leads', label: 'Panels', kind: 'number', is_in_list: true })).json;
    const page = await company.open('/leads?sort=name');
    const first = page.locator('tbody tr[id]').first();
    const at = (await head(page)).indexOf(`cf_${name}`);
    const target = first.locator('> :not(.sel)').nth(at);
    const record = Number((await first.getAttribute('id')).slice(1));
    await target.dblclick();
    await target.locator('input.input').fill('many');
    await page.keyboard.press('Enter');
    await target.locator('.cell-hint[role=alert]').waitFor();
    await target.locator('input.input').fill('1,024');
    await page.keyboard.press('Enter');
    await page.locator(`#r${record} .editing`).waitFor({ state: 'detached' });
    await page.locator(`#r${record}`, { hasText: '1024' }).waitFor();
    assert.equal((await lead(record)).custom_fields[name], 1024);
    assert.equal((await company.api.delete(`/custom_fields/${id}`)).status, 204);
    await page.goto('/leads?sort=name');
    assert.ok(!(await head(page)).includes(`cf_${name}`), 'removed it is no column');
});

test('on a phone nothing of it is wider than the page', async () => {
    for (const path of ['/custom_fields', '/custom_fields/new', '/leads/new']) {
        const page = await company.open(path, { who: 'nora', width: 390 });
        assert.equal(await sideways(page), 0, path);
        assert.deepEqual(await axe(page), [], path);
    }
});
