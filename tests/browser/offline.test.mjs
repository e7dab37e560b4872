// Without a server: the page says so and goes on when there is one again; another page is one that the browser kept.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => {
    company.problems = company.problems.filter((problem) => !/ERR_INTERNET_DISCONNECTED/.test(problem));
    await company.stop();
});

const connection = (page, text) => page.locator('#connection', { hasText: text });

test('a page says that it is offline, keeps what is typed, and shows what others did meanwhile', async () => {
    const one = await company.one('leads', 'sort=-created_at');
    const page = await company.open(`/leads/${one.id}`);
    await page.context().setOffline(true);
    await connection(page, 'You are offline').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.getByRole('textbox', { name: 'Note' }).fill('Typed without a network');
    await company.api.patch(`/leads/${one.id}`, { company_name: 'Changed meanwhile' });
    await page.context().setOffline(false);
    await page.locator('#connection:empty').waitFor({ state: 'attached' });
    assert.equal(await page.getByRole('textbox', { name: 'Note' }).inputValue(), 'Typed without a network');
    await page.getByRole('textbox', { name: 'Note' }).fill('');
    await page.getByText('Changed meanwhile').first().waitFor();
});

for (const theme of ['light', 'dark'])
    for (const width of [1440, 390])
        test(`where no server is reached Tenon's own page stands, and gives way by itself, ${theme}, ${width} px`, async () => {
            const page = await company.open('/leads', { theme, width, touch: width === 390, worker: true });
            await page.evaluate(async () => {
                await navigator.serviceWorker.ready;
                while (!navigator.serviceWorker.controller) await new Promise((done) => { setTimeout(done, 20); });
            });
            await page.context().setOffline(true);
            await page.goto('/clients');
            await page.getByRole('heading', { name: 'You are offline' }).waitFor();
            assert.match(page.url(), /\/clients$/);
            assert.deepEqual(await axe(page), []);
            await page.context().setOffline(false);
            await page.getByRole('heading', { name: 'Clients' }).waitFor();
        });

test('the product can be installed', async () => {
    const page = await company.open('/');
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
    assert.deepEqual([manifest.start_url, manifest.display], ['/', 'standalone']);
    for (const { src, sizes, type } of manifest.icons) {
        const size = await page.evaluate(async (path) => {
            const image = new Image();
            image.src = path;
            await image.decode();
            return `${image.naturalWidth}x${image.naturalHeight}`;
        }, src);
        if (type === 'image/png') assert.equal(size, sizes);
    }
    assert.ok(manifest.icons.some((icon) => icon.sizes === '512x512') && manifest.icons.some((icon) => icon.sizes === '192x192'));
});
