// print.test.mjs - on paper only the document is left, dark on white whatever the theme, and lists have the width that they need.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(() => company.stop());

const seen = (page, selector) => page.evaluate((s) => [...document.querySelectorAll(s)].filter((e) => e.checkVisibility()).length,
    selector);
const CHROME = '.sidebar, .topbar, .tabbar, .toolbar .end, .pager, .composer, .tabs, .btn, .icon-btn, .page-head .actions';

// The paper's sizes, page by page.
async function paper(page) {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    return [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => Math.sign(width - height));
}

test('a record prints its fields and what happened, without anything to press', async () => {
    const { id, name } = await company.one('leads');
    const page = await company.open(`/leads/${id}`, { who: 'nora', theme: 'dark' });
    assert.ok(await seen(page, CHROME) > 5, 'the check can fail: on the screen they are there');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await seen(page, CHROME), 0);
    assert.equal(await seen(page, 'h1'), 1);
    assert.match(await page.locator('h1').textContent(), new RegExp(name));
    assert.ok(await seen(page, '.fields dd') > 20, 'every section is open');
    assert.ok(await seen(page, '.timeline li') > 0);
    const light = await page.evaluate(() => {
        const probe = document.createElement('canvas').getContext('2d');
        probe.fillStyle = getComputedStyle(document.querySelector('.fields dd')).color;
        probe.fillRect(0, 0, 1, 1);
        return Math.max(...probe.getImageData(0, 0, 1, 1).data.slice(0, 3));
    });
    assert.ok(light < 120, `text is dark (${light})`);
    assert.ok((await paper(page)).every((shape) => shape < 0), 'upright');
});

test('a list prints every row and column across the paper, with its heading and the company', async () => {
    const page = await company.open('/leads', { who: 'nora' });
    const rows = await page.locator('tbody tr').count();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await seen(page, CHROME), 0);
    assert.equal(await seen(page, 'tbody tr'), rows);
    assert.equal(await seen(page, '.table .sel'), 0, 'no boxes to tick');
    const head = await page.evaluate(() => getComputedStyle(document.querySelector('.page-head'), '::after').content);
    assert.match(head, /Fernhill/);
    await page.setViewportSize({ width: 1010, height: 700 }); // an A4 on its side
    const [table, room] = await page.evaluate(() => [document.querySelector('table').scrollWidth, innerWidth]);
    assert.ok(table <= room, `${table} of ${room} pixels`);
    const sizes = await paper(page);
    assert.ok(sizes.length > 0 && sizes.every((shape) => shape > 0), `on its side: ${sizes}`);
});
