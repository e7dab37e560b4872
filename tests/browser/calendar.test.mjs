// The calendar in a browser: events go to another day and hour by drag, by keys and by a form; a click tells more of one or makes
// one; all of it also on a phone and, but for the drag, without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { recordOf } from '../http/support.mjs';
import { Company, axe, sideways } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

// Sydney's clock, which is the company's; far from every change of it and from what the demo has.
const ZONE_HOURS = 10;
const at = (day, hour) => new Date(Date.parse(`${day}T${hour}:00Z`) - ZONE_HOURS * 3_600_000).toISOString();
const wall = (moment) => new Date(Date.parse(moment) + ZONE_HOURS * 3_600_000).toISOString().slice(0, 16);
async function event(title, day, from = '09:00', to = '10:30') {
    const times = { starts_at: at(day, from), ends_at: at(day, to) };
    const answer = await company.api.post('/calendar_events', { title, type: 'meeting', ...times });
    assert.equal(answer.status, 201, answer.text);
    return recordOf(answer).id;
}
async function times(id) {
    const { starts_at, ends_at } = recordOf(await company.api.get(`/calendar_events/${id}`));
    return [wall(starts_at), wall(ends_at)];
}
const open = (show, date, how = {}) =>
    company.open(`/calendar_events/calendar?show=${show}&date=${date}`, { who: 'nora', ...how });
const box = (page, id) => page.locator(`.evt[data-id="${id}"]`).first();
const day = (page, date) => page.locator(`[data-calendar] [data-day="${date}"]`);
const said = (page) => page.locator('.toast', { hasText: 'Moved.' }).waitFor();

async function drag(page, item, to, { low = false } = {}) {
    await item.scrollIntoViewIfNeeded();
    const a = await item.boundingBox();
    const from = { x: a.x + a.width / 2, y: low ? a.y + a.height - 3 : a.y + a.height / 2 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, from.y + 8, { steps: 3 });
    await page.mouse.move(to.x, to.y, { steps: 10 });
    await page.locator('.evt.held').waitFor();
    await page.mouse.up();
}

test('in a month an event is dragged to another day at its hour, and Undo takes it back', async () => {
    const id = await event('Roof survey', '2031-07-09');
    const page = await open('month', '2031-07-09');
    const b = await day(page, '2031-07-18').boundingBox();
    await drag(page, box(page, id), { x: b.x + b.width / 2, y: b.y + b.height / 2 });
    await said(page);
    assert.deepEqual(await times(id), ['2031-07-18T09:00', '2031-07-18T10:30']);
    assert.equal(await day(page, '2031-07-18').locator(`[data-id="${id}"]`).count(), 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.toast', { hasText: 'Undone' }).waitFor();
    assert.deepEqual(await times(id), ['2031-07-09T09:00', '2031-07-09T10:30']);
    assert.equal(await day(page, '2031-07-09').locator(`[data-id="${id}"]`).count(), 1);
    await page.context().close();
});

test('in a week it goes to another hour of another day, and its lower edge moves the end', async () => {
    const id = await event('Handover', '2031-07-22', '10:00', '11:00');
    const page = await open('week', '2031-07-22');
    const [item, there] = [await box(page, id).boundingBox(), await day(page, '2031-07-24').last().boundingBox()];
    await drag(page, box(page, id), { x: there.x + there.width / 2, y: item.y + item.height / 2 + item.height * 2 });
    await said(page);
    const [start, end] = await times(id);
    assert.equal(start.slice(0, 10), '2031-07-24');
    assert.ok(['11:45', '12:00', '12:15'].includes(start.slice(11)), start);
    assert.equal(Date.parse(`${end}Z`) - Date.parse(`${start}Z`), 3_600_000);

    await page.locator('.toast').first().locator('[data-dismiss]').click();
    const now = await box(page, id).boundingBox();
    await drag(page, box(page, id), { x: now.x + now.width / 2, y: now.y + now.height * 2 }, { low: true });
    await said(page);
    const [same, longer] = await times(id);
    assert.equal(same, start);
    const minutes = (Date.parse(`${longer}Z`) - Date.parse(`${start}Z`)) / 60_000;
    assert.ok(minutes > 100 && minutes < 140, `${minutes} minutes`);
    await page.context().close();
});

test('what somebody else has changed meanwhile is not moved: the form says so', async () => {
    const id = await event('Contested', '2031-08-05');
    const page = await open('month', '2031-08-05');
    const b = await day(page, '2031-08-14').boundingBox();
    await page.evaluate(() => { document.querySelector('#main').removeAttribute('data-live'); });
    await company.api.patch(`/calendar_events/${id}`, { title: 'Contested, renamed' });
    await drag(page, box(page, id), { x: b.x + b.width / 2, y: b.y + b.height / 2 });
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-error-summary]').waitFor();
    assert.deepEqual(await times(id), ['2031-08-05T09:00', '2031-08-05T10:30']);
    await page.context().close();
});

test('by the keyboard alone: Shift and an arrow move it, M asks for both times, Enter tells more', async () => {
    const id = await event('Toolbox talk', '2031-08-20', '13:00', '14:00');
    const page = await open('week', '2031-08-20');
    await box(page, id).locator('.ev').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await said(page);
    assert.deepEqual(await times(id), ['2031-08-21T13:00', '2031-08-21T14:00']);
    await page.waitForFunction((which) => document.activeElement?.closest(`.evt[data-id="${which}"]`), id);
    await page.keyboard.press('Shift+ArrowDown');
    await page.waitForFunction((which) => document.querySelector(`.evt[data-id="${which}"]`)?.dataset.s === '795', id);
    assert.deepEqual(await times(id), ['2031-08-21T13:15', '2031-08-21T14:15']);
    await page.waitForFunction((which) => document.activeElement?.closest(`.evt[data-id="${which}"]`), id);

    await page.keyboard.press('Enter');
    const preview = page.getByRole('dialog', { name: 'Toolbox talk' });
    await preview.getByText('13:15 to 14:15').waitFor();
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'detached' });
    await page.waitForFunction((which) => document.activeElement?.closest(`.evt[data-id="${which}"]`), id);

    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog', { name: 'Move Toolbox talk' });
    await dialog.getByLabel('Starts').fill('2031-08-22T08:00');
    await dialog.getByLabel('Ends').fill('2031-08-22T08:45');
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction((which) => document.querySelector(`.evt[data-id="${which}"]`)?.dataset.s === '480', id);
    assert.deepEqual(await times(id), ['2031-08-22T08:00', '2031-08-22T08:45']);
    await page.keyboard.press('j');
    await page.waitForURL(/date=2031-08-27/);
    await page.keyboard.press('k');
    await page.waitForURL(/date=2031-08-20/);
    await page.context().close();
});

test('a click on a free day makes an event there', async () => {
    const page = await open('month', '2031-09-10');
    const cell = await day(page, '2031-09-17').boundingBox();
    await page.mouse.click(cell.x + cell.width / 2, cell.y + cell.height - 20);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    assert.equal(await dialog.locator('#f-starts_at').inputValue(), '2031-09-17T09:00');
    assert.equal(await dialog.locator('#f-ends_at').inputValue(), '2031-09-17T10:00');
    await dialog.locator('#f-title').fill('Made by a click');
    await page.keyboard.press('Control+Enter');
    await day(page, '2031-09-17').getByText('Made by a click').waitFor();
    assert.equal(new URL(page.url()).pathname, '/calendar_events/calendar');
    await page.context().close();
});

test('what others add is shown as it happens', async () => {
    const page = await open('month', '2031-10-15');
    await event('Added elsewhere', '2031-10-15');
    await page.getByText('Added elsewhere').waitFor();
    await page.context().close();
});

test('on a phone days stand one under another, and a tap tells more and moves', async () => {
    const id = await event('Site meeting', '2031-06-25');
    const page = await open('month', '2031-06-25', { width: 390, height: 844, touch: true });
    const item = box(page, id).locator('.ev');
    assert.ok((await item.boundingBox()).height >= 44);
    assert.equal(await sideways(page), 0);
    await item.tap();
    await page.getByRole('dialog', { name: 'Site meeting' }).getByRole('link', { name: 'Move' }).tap();
    const dialog = page.getByRole('dialog', { name: 'Move Site meeting' });
    await dialog.getByLabel('Starts').fill('2031-06-26T08:00');
    await dialog.getByLabel('Ends').fill('2031-06-26T10:00');
    await dialog.getByRole('button', { name: 'Move' }).tap();
    await said(page);
    assert.deepEqual(await times(id), ['2031-06-26T08:00', '2031-06-26T10:00']);
    await page.context().close();
});

test('without scripts the days, the ways to others and the form to move by are there', async () => {
    const id = await event('Plain', '2031-06-11');
    const page = await open('month', '2031-06-11', { scripts: false });
    await day(page, '2031-06-11').getByRole('link', { name: /Plain/ }).waitFor();
    for (const show of ['Week', 'Day', 'Agenda']) {
        await page.getByRole('group', { name: 'Show' }).getByRole('link', { name: show, exact: true }).click();
        await page.waitForURL((url) => url.searchParams.get('show') === show.toLowerCase());
        await page.getByRole('link', { name: /Plain/ }).first().waitFor();
    }
    await page.getByRole('link', { name: 'Move Plain' }).click();
    await page.getByLabel('Starts').fill('2031-06-12T09:00');
    await page.getByLabel('Ends').fill('2031-06-12T09:30');
    await page.getByRole('button', { name: 'Move' }).click();
    await page.getByText('Moved.').waitFor();
    assert.deepEqual(await times(id), ['2031-06-12T09:00', '2031-06-12T09:30']);
    assert.match(page.url(), /calendar_events\/calendar\?show=agenda/);
    await page.getByRole('link', { name: 'Later' }).click();
    await page.waitForURL(/date=2031-07-11/);
    await page.context().close();
});

const LOOKS = { light: {}, dark: { theme: 'dark' }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 640 } };

test('calendars are accessible and fit, in light, dark and on a phone', async () => {
    for (const hour of ['08:00', '08:30', '09:15', '09:20', '11:00']) await event(`Busy ${hour}`, '2031-05-14', hour, '12:00');
    await event('Over days', '2031-05-13', '08:00', '23:00');
    const faults = [];
    for (const [look, how] of Object.entries(LOOKS)) {
        const page = await company.open('about:blank', { who: 'nora', ...how });
        const paths = ['month', 'week', 'day', 'agenda'].map((show) => `/calendar_events/calendar?show=${show}&date=2031-05-14`);
        for (const path of [...paths, '/deals/calendar', '/invoices/calendar?show=week', '/campaigns/calendar']) {
            const answer = await page.goto(path);
            if (answer.status() === 404) continue; // of a pack that is off
            for (const fault of await axe(page)) faults.push(`${path} ${look}: ${fault}`);
            if (await sideways(page) > 0) faults.push(`${path} ${look}: wider than the window`);
        }
        await page.context().close();
    }
    assert.deepEqual(faults, []);
});
