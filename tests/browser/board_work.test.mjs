// What people do on a board beyond moving a card by mouse: other lanes, their order, folded ones, further cards, keys, touch, and
// what others move meanwhile.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, becomes, shifts } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const lane = (page, name) =>
    page.locator('.lane:not([data-collapsed])', { has: page.getByRole('heading', { name, exact: true }) });
const titles = (page) => page.locator('.lane:not([data-collapsed]) h2').allInnerTexts();
const folded = (page) => page.locator('.lane[data-collapsed]').evaluateAll((all) => all.map((each) => each.ariaLabel));
const lead = async (id) => (await company.api.get(`/leads/${id}`)).json;
const count = async (page, name) => Number(await lane(page, name).locator('header .n').innerText());

for (const scripts of [true, false]) {
    const how = scripts ? 'with scripts' : 'without scripts';

    test(`lanes are those of another choice, with the cards that have none, ${how}`, async () => {
        const one = await company.one('leads', 'filter[rating]=cold&sort=-created_at');
        await company.api.patch(`/leads/${one.id}`, { rating: null, rating_is_manual: true });
        const page = await company.open('/leads/board', { scripts });
        await page.getByLabel('Lanes').selectOption({ label: 'Rating' });
        if (!scripts) await page.getByRole('button', { name: 'Show' }).click();
        await page.waitForURL(/by=rating/);
        await lane(page, 'Hot').waitFor();
        assert.deepEqual((await titles(page)).sort(), ['Cold', 'Hot', 'No rating', 'Warm']);
        const hot = (await company.api.get('/leads?filter[rating]=hot&count=exact&limit=1')).json.total;
        assert.equal(await count(page, 'Hot'), hot);
        const card = page.locator(`.kcard[data-id="${one.id}"]`);
        await card.hover();
        await card.getByRole('link', { name: /^Move/ }).click();
        const form = scripts ? page.locator('dialog') : page.locator('main');
        await form.getByLabel('Rating').selectOption({ label: 'Warm' });
        await form.getByRole('button', { name: 'Move' }).click();
        await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
        assert.equal((await lead(one.id)).rating, 'warm');
        assert.match(page.url(), /by=rating/);
        assert.equal(await lane(page, 'No rating').count(), 0);
    });

    test(`lanes are put in an order and folded, each person for themselves, ${how}`, async () => {
        const who = scripts ? 'tom' : 'mei';
        const page = await company.open('/leads/board', { who, scripts });
        const before = await titles(page);
        const at_edge = await folded(page);
        await lane(page, before[1]).hover();
        await page.getByRole('button', { name: `Arrange ${before[1]}` }).click();
        await page.getByRole('button', { name: 'Move left' }).locator('visible=true').click();
        await becomes(() => titles(page), [before[1], before[0], ...before.slice(2)]);
        await lane(page, before[0]).hover();
        await page.getByRole('button', { name: `Arrange ${before[0]}` }).click();
        await page.getByRole('button', { name: 'Fold', exact: true }).locator('visible=true').click();
        await becomes(() => folded(page), [before[0], ...at_edge]);
        assert.equal(await lane(page, before[0]).count(), 0);
        await page.getByRole('button', { name: 'Unfold Won' }).click();
        await lane(page, 'Won').locator('.kcard').first().waitFor();
        const other = await company.open('/leads/board', { who: 'ruth' });
        assert.deepEqual(await titles(other), before);
        await page.reload();
        assert.deepEqual(await titles(page), [before[1], ...before.slice(2), 'Won']);
        await page.getByRole('button', { name: `Unfold ${before[0]}` }).click();
        await lane(page, before[0]).waitFor();
    });
}

test('further cards of a lane come by scrolling, each once, and stay when others move cards', async () => {
    const page = await company.open('/leads/board');
    const list = lane(page, 'Contacted').locator('ol');
    const all = await count(page, 'Contacted');
    assert.ok(all > 40);
    while (await list.locator('.kcard').count() < all) {
        const before = await list.locator('.kcard').count();
        await list.evaluate((area) => area.scrollTo(0, area.scrollHeight));
        await page.waitForFunction((n) => [...document.querySelectorAll('.lane ol')]
            .some((each) => each.dataset.grown && each.children.length > n), before);
    }
    const ids = await page.locator('.kcard').evaluateAll((cards) => cards.map((card) => card.id));
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(await lane(page, 'Contacted').locator('footer .more').isVisible(), false);
    const top = await list.evaluate((area) => area.scrollTop);
    const moved = await list.locator('.kcard').first().getAttribute('data-id');
    await page.evaluate(`for (const part of document.querySelectorAll('.board, .kcard')) part.same = true`);
    await company.api.patch(`/leads/${moved}`, { lead_status_id: await company.status('Qualified') });
    await lane(page, 'Qualified').locator(`[data-id="${moved}"]`).waitFor();
    assert.equal(await list.locator('.kcard').count(), all - 1);
    assert.equal(await count(page, 'Contacted'), all - 1);
    assert.ok(Math.abs(await list.evaluate((area) => area.scrollTop) - top) < 130);
    const made_new = await page.evaluate(`[...document.querySelectorAll('.board, .kcard')].filter((part) => !part.same).length`);
    assert.ok(made_new <= 1, `${made_new} were made new for one that has moved`);
    assert.ok(await shifts(page) < 0.05, `${await shifts(page)}`);
});

test('arrows go from card to card, and Shift takes the card along', async () => {
    const page = await company.open('/leads/board');
    await page.locator('main').focus();
    const here = () => page.evaluate(`(() => { const card = document.activeElement.closest('.kcard');
        return { id: card?.dataset.id, lane: card?.closest('.lane').querySelector('h2').textContent }; })()`);
    await page.keyboard.press('j');
    const first = await here();
    await page.keyboard.press('ArrowDown');
    assert.notEqual((await here()).id, first.id);
    await page.keyboard.press('ArrowRight');
    const names = await titles(page);
    assert.equal((await here()).lane, names[1]);
    const { id } = await here();
    await page.keyboard.press('Shift+ArrowRight');
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    await page.locator('.toast').hover(); // it stays as long as somebody reads it
    assert.deepEqual(await here(), { id, lane: names[2] });
    assert.equal((await lead(id)).lead_status_id, await company.status(names[2]));
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.toast', { hasText: 'Undone.' }).waitFor();
    assert.equal((await lead(id)).lead_status_id, await company.status(names[1]));
});

test('a card is dragged by touch', async () => {
    const page = await company.open('/leads/board', { width: 1000, height: 800, touch: true });
    const [from_name, to_name] = await titles(page);
    const card = lane(page, from_name).locator('.kcard').first();
    const id = await card.getAttribute('data-id');
    const [a, b] = [await card.boundingBox(), await lane(page, to_name).locator('ol').boundingBox()];
    const cdp = await page.context().newCDPSession(page);
    const touch = (type, ...points) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const [x, y] = [a.x + 60, a.y + a.height - 10];
    await touch('touchStart', { x, y });
    await page.locator(`.kcard.sortable-chosen[data-id="${id}"]`).waitFor(); // held long enough
    for (let i = 1; i <= 12; i++) {
        await touch('touchMove', { x: x + ((b.x + b.width / 2 - x) * i) / 12, y: y + ((b.y + 80 - y) * i) / 12 });
        await page.waitForTimeout(20);
    }
    await touch('touchEnd');
    await page.locator('.toast', { hasText: 'Moved.' }).waitFor();
    assert.equal((await lead(id)).lead_status_id, await company.status(to_name));
});

for (const theme of ['light', 'dark'])
    for (const width of [1440, 390])
        test(`the board is accessible with its menus, ${theme}, ${width} px`, async () => {
            const page = await company.open('/leads/board', { theme, width, touch: width === 390 });
            const [name] = await titles(page);
            await lane(page, name).hover();
            await page.getByRole('button', { name: `Arrange ${name}` }).click();
            assert.deepEqual(await axe(page), []);
            await page.goto('/leads/board?by=priority&filter[rating]=hot');
            assert.deepEqual(await axe(page), []);
        });
