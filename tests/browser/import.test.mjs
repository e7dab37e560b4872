// import.test.mjs - the steps of an import in a browser: a file is dropped or chosen, its columns and words are put right, its
// rows come in with a bar that tells how far they are, and one button takes them back.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Company, axe, becomes, sideways } from './company.mjs';

let company, small, large;
const NAMES = ['Ada Steps', 'Bo Steps', 'Cy Steps'];
before(async () => {
    company = await Company.start();
    small = join(company.tenon.dir, 'small.csv');
    large = join(company.tenon.dir, 'large.csv');
    writeFileSync(small, ['Name,Lead Status,Where', 'Ada Steps,Pre Sold,Bath', 'Bo Steps,New,York', 'Cy Steps,Pre Sold,Hull', '']
        .join('\n'));
    writeFileSync(large, ['Name,Description', ...Array.from({ length: 10000 },
        (_, i) => `Long Way ${i},${'all the words there are '.repeat(12)}`), ''].join('\n'));
});
after(() => company.stop());

const found = async () => {
    const { json } = await company.api.get(`/leads?filter[name]=${encodeURIComponent(NAMES.join(','))}&sort=name`);
    return json.data.map((lead) => [lead.name, lead.city]);
};
const look = (page) => page.getByRole('button', { name: 'Look at the columns' });
const second = (page) => page.getByRole('heading', { name: 'Columns' }).waitFor();

// As the system hands over what is dragged in from a folder.
async function drop(page, path) {
    const box = await page.locator('.drop-file').boundingBox();
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'])
        await session.send('Input.dispatchDragEvent', { type, x: box.x + 20, y: box.y + 20, data });
}

for (const scripts of [true, false]) {
    const how = scripts ? ['dropped', 'with'] : ['chosen', 'without'];
    test(`a file is ${how[0]}, put right, imported and taken back, ${how[1]} scripts`, async () => {
        const page = await company.open('/leads/import', { who: 'nora', scripts });
        if (scripts) await drop(page, small);
        else await page.getByLabel('CSV file').setInputFiles(small);
        await look(page).click();
        await second(page);
        await becomes(() => page.locator('.import-rows tr.bad').count(), 2);
        await page.getByLabel('Pre Sold means').selectOption({ label: 'Qualified' });
        await page.getByLabel('Where goes into').selectOption({ label: 'City' });
        await page.getByRole('button', { name: 'Check again' }).click();
        await page.getByRole('button', { name: 'Import 3 rows' }).waitFor();
        assert.equal(await page.locator('.import-rows tr.bad').count(), 0);
        assert.deepEqual(await found(), []);
        await page.getByRole('button', { name: 'Import 3 rows' }).click();
        await page.getByText('Imported.').waitFor();
        assert.deepEqual(await found(), [['Ada Steps', 'Bath'], ['Bo Steps', 'York'], ['Cy Steps', 'Hull']]);
        await page.getByRole('button', { name: 'Undo this import' }).click();
        await becomes(found, []);
        await page.context().close();
    });
}

test('a large file shows a bar until it is read, without a reload', async () => {
    const page = await company.open('/leads/import', { who: 'nora' });
    await page.getByLabel('CSV file').setInputFiles(large);
    await look(page).click();
    await page.getByRole('progressbar', { name: 'Import' }).waitFor();
    await page.evaluate(() => { globalThis.same = true; });
    await second(page);
    assert.equal(await page.evaluate(() => globalThis.same), true);
    await page.context().close();
});

const LOOKS = { light: {}, dark: { theme: 'dark' }, phone: { width: 390, height: 844, touch: true } };
for (const [name, shown] of Object.entries(LOOKS)) {
    test(`each step is reachable and readable, ${name}`, async () => {
        const page = await company.open('/leads/import', { who: 'nora', ...shown });
        for (const step of ['file', 'columns']) {
            if (step === 'columns') {
                await page.getByLabel('CSV file').setInputFiles(small);
                await look(page).click();
                await second(page);
            }
            assert.deepEqual(await axe(page), [], step);
            assert.equal(await sideways(page), 0, step);
        }
        await page.context().close();
    });
}
