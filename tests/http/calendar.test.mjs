// calendar.test.mjs - the calendar of every entity that says when its records are: what lies in a window is there and nothing
// else, whoever asks; what is moved goes there, once, and can be taken back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, signIn, tokenOf } from './browser.mjs';
import { recordOf, startTenon } from './support.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon({ roles: ['crew', 'read_only'] });
after(() => tenon.stop());
const { admin } = tenon.a;
const make = new Maker(tenon.schema, admin, shape);
const calendars = tenon.schema.filter((e) => e.calendar);
const ZONE = 'Australia/Sydney'; // of the first company
const SHOWS = ['month', 'week', 'day', 'agenda'];

async function browser(who) {
    const cookie = await signIn(tenon, who);
    const token = await tokenOf(tenon, cookie);
    return {
        get: (path) => ask(tenon, 'GET', path, { headers: { cookie } }),
        post: (path, form, headers = {}) =>
            ask(tenon, 'POST', path, { headers: { cookie, ...headers }, form: { _csrf: token, ...form } }),
    };
}
const me = await browser(admin);
const other = await browser(tenon.b.admin);
const reader = await browser(tenon.a.read_only);
const crew = await browser(tenon.a.crew);

const fieldOf = (entity, name) => entity.fields.find((f) => f.name === name);
const DAY = 86_400_000;
const day = (ms) => new Date(ms).toISOString().slice(0, 10);
const later = (date, days) => day(Date.parse(date) + days * DAY);
// Noon in UTC is the same day in both companies' zones.
const valueOn = (f, date, hour = 'T01:00:00Z') => f.kind === 'date' ? date : `${date}${hour}`;

/* A record of its own that begins on a day of 2031; rules may put it elsewhere: `date` is where it then is. */
async function on(entity, date, { until } = {}) {
    const [from, to] = entity.calendar.map((name) => fieldOf(entity, name));
    const change = {};
    if (!from.read_only) change[from.name] = valueOn(from, date);
    if (to && !to.read_only && !from.read_only) change[to.name] = until ? valueOn(to, until) : valueOn(to, date, 'T02:30:00Z');
    if (entity.name === 'schedules' || entity.name === 'availability') change.date = date;
    const { record } = await make.create(entity.name, 'min', change);
    const now = recordOf(await admin.get(`/${entity.name}/${record.id}`));
    const begins = now[from.name];
    return { ...now, date: from.kind === 'date' ? begins : new Date(begins).toLocaleDateString('sv-SE', { timeZone: ZONE }) };
}
const links = (entity, record) => new RegExp(`href="/${entity.name}/${record.id}"`);
const page = (entity, query) => `/${entity.name}/calendar?${new URLSearchParams(query)}`;

for (const entity of calendars) {
    const [from, to] = entity.calendar.map((name) => fieldOf(entity, name));

    test(`${entity.name} stand in a month, a week, a day and an agenda, and not in others`, async () => {
        const record = await on(entity, '2031-03-12');
        for (const show of SHOWS) {
            const answer = await me.get(page(entity, { show, date: record.date }));
            assert.equal(answer.status, 200, `${show}: ${answer.text.slice(0, 300)}`);
            assert.match(answer.text, links(entity, record), show);
            const elsewhere = await me.get(page(entity, { show, date: later(record.date, 70) }));
            assert.doesNotMatch(elsewhere.text, links(entity, record), `${show}, ten weeks later`);
            const filtered = await me.get(page(entity, { show, date: record.date, 'filter[created_at][lt]': '2020-01-01' }));
            assert.doesNotMatch(filtered.text, links(entity, record), `${show}, filtered`);
            const foreign = await other.get(page(entity, { show, date: record.date }));
            assert.equal(foreign.status, 200);
            assert.doesNotMatch(foreign.text, links(entity, record), `${show} of another company`);
        }
    });

    test(`${entity.name} that go on stand on every day of theirs`, async () => {
        if (!to || to.read_only || from.read_only) return;
        const record = await on(entity, '2031-07-08', { until: '2031-07-11' });
        const shown = async (date) => links(entity, record).test((await me.get(page(entity, { show: 'day', date }))).text);
        const days = ['2031-07-07', '2031-07-08', '2031-07-09', '2031-07-11', '2031-07-12'];
        const seen = [];
        for (const date of days) seen.push(await shown(date));
        assert.deepEqual(seen, [false, true, true, true, false], days.join());
    });

    test(`${entity.name} are moved by whoever may change them, once, and Undo takes it back`, async () => {
        const record = await on(entity, '2031-05-06');
        const fixed = from.read_only || to?.read_only || entity.append_only;
        const path = `/${entity.name}/${record.id}/when`;
        if (fixed) {
            assert.equal((await me.post(path, { day: '2031-05-08' })).status, 404);
            return;
        }
        const form = await me.get(path);
        assert.equal(form.status, 200);
        for (const name of entity.calendar) assert.match(form.text, new RegExp(`name="${name}"`));
        const read = async () => recordOf(await admin.get(`/${entity.name}/${record.id}`));
        for (const who of [other, reader]) assert.equal((await who.post(path, { day: '2031-05-09' })).status, 404);
        assert.equal((await other.get(path)).status, 404);
        const was = await read();
        assert.equal(was[from.name], record[from.name]);

        const target = later(record.date, 2);
        const json = { accept: 'application/json' };
        const stale = await me.post(path, { day: target, version: was.version + 5 }, json);
        assert.equal(stale.status, 409, stale.text.slice(0, 200));
        assert.match(stale.text, /<form[^>]+data-in-dialog/, 'the form comes back, to send again');
        const moved = await me.post(path, { day: target, version: was.version }, json);
        assert.equal(moved.status, 200, moved.text.slice(0, 2000));
        const now = await read();
        assert.equal(now[from.name].slice(0, 10), target);
        assert.equal(now[from.name].slice(10), was[from.name].slice(10), 'at the same hour');
        if (to && was[to.name] && now[to.name])
            assert.equal(Date.parse(now[to.name]) - Date.parse(was[to.name]), 2 * DAY, 'its end goes with it');
        assert.equal((await me.post(path, { day: '2031-02-30' })).status, 422);
        const undone = await me.post(`/change_sets/${JSON.parse(moved.text).undo}/undo`, {});
        assert.equal(undone.status, 303);
        assert.equal((await read())[from.name], was[from.name]);
    });
}

const events = tenon.schema.find((e) => e.name === 'calendar_events');
const event = (fields) => make.create('calendar_events', 'min', fields).then((r) => r.record);

test('there are calendars to try', () => assert.ok(calendars.length > 20, `${calendars.length}`));

test('an address that makes no sense is told so', async () => {
    for (const query of [{ show: 'year' }, { date: 'soon' }, { date: '2026-02-30' }, { date: '9999-12-31' }, { nonsense: '1' }])
        assert.equal((await me.get(page(events, query))).status, 400, JSON.stringify(query));
    for (const date of ['1900-01-01', '2199-12-31'])
        for (const show of SHOWS) assert.equal((await me.get(page(events, { show, date }))).status, 200, `${show} ${date}`);
});

test('who may not read has no calendar, and a pack that is off has none either', async () => {
    assert.equal((await crew.get('/invoices/calendar')).status, 403);
    const company = `/tenants/${tenon.b.id}`;
    const { packs } = recordOf(await tenon.b.admin.get(company));
    assert.equal((await other.get('/journeys/calendar')).status, 200);
    const changed = await tenon.b.admin.patch(company, { packs: packs.filter((pack) => pack !== 'moving') });
    assert.equal(changed.status, 200, changed.text);
    assert.equal((await other.get('/journeys/calendar')).status, 404);
    assert.equal((await tenon.b.admin.patch(company, { packs })).status, 200);
});

test('what is deleted leaves the calendar', async () => {
    const gone = await event({ starts_at: '2032-02-10T01:00:00Z' });
    const query = { show: 'month', date: '2032-02-10' };
    assert.match((await me.get(page(events, query))).text, links(events, gone));
    await admin.delete(`/calendar_events/${gone.id}`);
    assert.doesNotMatch((await me.get(page(events, query))).text, links(events, gone));
});

test('a day shows three in a month and says how many more there are; the day itself shows all', async () => {
    for (let i = 0; i < 8; i++) await event({ title: `Crowd ${i}`, starts_at: `2033-04-05T0${i}:00:00Z` });
    const month = (await me.get(page(events, { date: '2033-04-05' }))).text;
    assert.equal(month.match(/<b>Crowd \d<\/b>/g).length, 3);
    assert.match(month, /\+5 more/);
    const one = (await me.get(page(events, { show: 'day', date: '2033-04-05' }))).text;
    assert.equal(one.match(/<b>Crowd \d<\/b>/g).length, 8);
});

test('an empty window leads to where there is something', async () => {
    await event({ title: 'Far away', starts_at: '2150-06-15T01:00:00Z' });
    const text = (await me.get(page(events, { date: '2149-01-01', 'filter[title]': 'Far away' }))).text;
    assert.match(text, /href="[^"]*date=2150-06-15[^"]*">The next is on/);
    const last = (await me.get(page(events, { date: '2151-01-01', 'filter[title]': 'Far away' }))).text;
    assert.match(last, /href="[^"]*date=2150-06-15[^"]*">The last is on/);
});

test('hours are those of the zone, also where the clock is put forward and back', async () => {
    // Berlin: 2031-03-30 has no 02:30, 2031-10-26 has it twice.
    const away = new Maker(tenon.schema, tenon.b.admin, shape);
    const add = (title, starts_at, ends_at) => away.create('calendar_events', 'min', { title, starts_at, ends_at });
    await add('Before', '2031-03-30T00:30:00Z', '2031-03-30T01:30:00Z');
    await add('Summer', '2031-10-26T00:30:00Z', '2031-10-26T00:45:00Z');
    await add('Winter', '2031-10-26T01:30:00Z', '2031-10-26T01:45:00Z');
    await add('Night watch', '2031-10-26T22:59:00Z', '2031-10-26T23:00:00Z');
    const spring = (await other.get('/calendar_events/calendar?show=day&date=2031-03-30')).text;
    assert.match(spring, /title="30 Mar 2031 01:30 to 03:30: Before/);
    const autumn = (await other.get('/calendar_events/calendar?show=day&date=2031-10-26')).text;
    assert.match(autumn, /02:30 to 02:45: Summer/);
    assert.match(autumn, /02:30 to 02:45: Winter/);
    assert.match(autumn, /title="26 Oct 2031 23:59 to 24:00: Night watch/);
    assert.doesNotMatch((await other.get('/calendar_events/calendar?show=day&date=2031-10-27')).text, /Night watch/);
});

test('what is moved over a change of the clocks keeps its hours', async () => {
    const away = new Maker(tenon.schema, tenon.b.admin, shape);
    const { record } = await away.create('calendar_events', 'min',
        { starts_at: '2031-03-28T08:00:00Z', ends_at: '2031-03-28T10:00:00Z' }); // 09:00 to 11:00 in winter
    const moved = await other.post(`/calendar_events/${record.id}/when`, { day: '2031-03-31' });
    assert.equal(moved.status, 303, moved.text.slice(0, 300));
    const now = recordOf(await tenon.b.admin.get(`/calendar_events/${record.id}`));
    assert.deepEqual([now.starts_at, now.ends_at], ['2031-03-31T07:00:00Z', '2031-03-31T09:00:00Z']);
});

test('a beginning goes to an hour with its end, and an end alone', async () => {
    const { id } = await event({ starts_at: '2031-06-02T00:00:00Z', ends_at: '2031-06-02T01:30:00Z' });
    const path = `/calendar_events/${id}/when`;
    const read = async () => recordOf(await admin.get(`/calendar_events/${id}`));
    const lasts = (r) => (Date.parse(r.ends_at) - Date.parse(r.starts_at)) / 60_000;
    const first = await read();
    await me.post(path, { day: '2031-06-03', time: '13:15' });
    const moved = await read();
    assert.equal(lasts(moved), lasts(first));
    await me.post(path, { day: '2031-06-03', until: '15:15' });
    const longer = await read();
    assert.deepEqual([longer.starts_at, lasts(longer)], [moved.starts_at, 120]);
    for (const time of ['25:00', '9:5', 'noon', '12:60', '-1:00'])
        assert.equal((await me.post(path, { day: '2031-06-03', time })).status, 422, time);
    assert.deepEqual(await read(), longer);
});

test('a saved view opens as a calendar where it was saved as one, and keeps no date', async () => {
    const query = 'filter[type]=meeting&show=week&date=2031-01-01';
    const saved = await me.post('/calendar_events/view', { name: 'Site visits', as: 'calendar', query });
    assert.equal(saved.status, 303, saved.text.slice(0, 300));
    assert.match(saved.headers.location, /^\/calendar_events\/calendar\?view=\d+&filter/);
    assert.doesNotMatch(saved.headers.location, /show=|date=/);
    const view = (await admin.get('/saved_views')).json.data.find((v) => v.name === 'Site visits');
    assert.equal(view.view, 'calendar');
    await admin.delete(`/saved_views/${view.id}`);
});

test('weeks begin on the day that somebody chose, for them alone', async () => {
    const first = (answer) => /<th scope="col"[^>]*>(?:<a [^>]*>)?([A-Z][a-z]+)/.exec(answer.text)[1];
    const month = page(calendars[0], { show: 'month', date: '2031-03-12' });
    const profile = (week) => reader.post('/me', { looks: '1', single_keys: 'on', week_begins: week });
    assert.equal(first(await reader.get(month)), 'Mon');
    for (const [week, name] of [['sunday', 'Sun'], ['saturday', 'Sat'], ['', 'Mon']]) {
        const saved = await profile(week);
        assert.equal(saved.status, 303, saved.text);
        for (const show of ['month', 'week']) {
            assert.equal(first(await reader.get(month.replace('month', show))), name, `${show} ${name}`);
            assert.equal(first(await me.get(month.replace('month', show))), 'Mon');
        }
    }
});
