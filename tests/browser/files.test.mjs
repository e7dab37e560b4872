// files.test.mjs - the files of a record on its page: shown small, added by drop, paste, choice and without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let company;
before(async () => { company = await Company.start(); });
after(() => company.stop());

const lead = async () => (await company.api.post('/leads', { name: 'Files Of This' })).json;
const files = async (id) => (await company.api.get(`/files?filter[subject_type]=leads&filter[subject_id]=${id}`)).json.data;
const row = (page, name) => page.locator('.files > li', { hasText: name });

// As a browser hands over what is dragged in or pasted.
const give = (page, how, name) => page.evaluate(([kind, file, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], file, { type: 'image/png' }));
    const target = document.querySelector('#main .record');
    const more = { bubbles: true, cancelable: true };
    target.dispatchEvent(kind === 'drop' ? new DragEvent('drop', { dataTransfer: data, ...more })
        : new ClipboardEvent('paste', { clipboardData: data, ...more }));
}, [how, name, PNG]);

for (const how of ['drop', 'paste']) {
    test(`a picture that comes by ${how} stands among the files, small`, async () => {
        const { id } = await lead();
        const page = await company.open(`/leads/${id}`, { who: 'nora' });
        await give(page, how, `${how}.png`);
        await row(page, `${how}.png`).waitFor();
        await page.waitForFunction(() => document.querySelector('.files img')?.naturalWidth === 1);
        assert.deepEqual((await files(id)).map((f) => [f.name, f.mime_type]), [[`${how}.png`, 'image/png']]);
        await page.context().close();
    });
}

test('while a file is on its way a bar tells how far it is, and a refusal says why', async () => {
    const { id } = await lead();
    const page = await company.open(`/leads/${id}`, { who: 'nora' });
    let go;
    const held = new Promise((done) => { go = done; });
    await page.route('**/api/v1/files', async (route) => { await held; await route.continue(); });
    await page.setInputFiles('[data-files]', { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') });
    await page.locator('.drop progress').waitFor({ state: 'visible' });
    go();
    await row(page, 'plan.txt').waitFor();
    await page.locator('.drop progress').waitFor({ state: 'hidden' });
    await page.unroute('**/api/v1/files');
    await page.route('**/api/v1/files', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json',
        body: JSON.stringify({ detail: 'The upload is too large.' }) }));
    await page.setInputFiles('[data-files]', { name: 'film.txt', mimeType: 'text/plain', buffer: Buffer.from('film') });
    await page.locator('.toast', { hasText: 'Not added: The upload is too large.' }).waitFor();
    await page.context().close();
});

test('without scripts a file is added by the form, and downloaded by its link', async () => {
    const { id } = await lead();
    const page = await company.open(`/leads/${id}`, { who: 'nora', scripts: false });
    await page.setInputFiles('[data-files]', { name: 'offer.txt', mimeType: 'text/plain', buffer: Buffer.from('offer') });
    await page.click('.drop button:has-text("Upload")');
    await row(page, 'offer.txt').waitFor();
    assert.equal(new URL(page.url()).pathname, `/leads/${id}`);
    const [file] = await files(id);
    assert.equal(await row(page, 'offer.txt').locator('a[download]').getAttribute('href'), `/files/${file.id}/content`);
    await page.context().close();
});

for (const [theme, width] of [['light', 1440], ['dark', 1440], ['light', 390]]) {
    test(`the files have no fault that axe knows and fit the screen, ${theme}, ${width} pixels`, async () => {
        const { id } = await lead();
        for (const name of ['a very long name of a file that somebody has given to a plan of the whole roof.txt', 'b.txt'])
            await company.api.upload('/files', { subject_type: 'leads', subject_id: id }, 'x', name);
        const page = await company.open(`/leads/${id}`, { who: 'nora', theme, width });
        if (width < 700) await page.getByText('Details', { exact: true }).click();
        await row(page, 'b.txt').waitFor();
        assert.deepEqual(await axe(page), []);
        assert.ok(await sideways(page) <= 0);
        await page.context().close();
    });
}
