// fiscal.test.mjs - the company's fiscal year: set by an administrator, told by /me, meant by "this fiscal year" in filters and
// by the first page's quarters; and no change of it gives a number twice.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, signIn, tokenOf } from './browser.mjs';
import { errorsOf, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['supervisor'] });
after(() => tenon.stop());
const { admin, supervisor } = tenon.a;
const DAY = 86_400_000;

const set = (body, who = admin) => who.patch(`/tenants/${tenon.a.id}`, body);
const told = async (who = admin) => (await who.get('/me')).json.tenant.fiscal_year;

test('it begins on 1 January until somebody says otherwise', async () => {
    const { number, from, to } = await told(tenon.b.admin);
    assert.deepEqual([from, to], [`${number}-01-01`, `${number}-12-31`]);
});

test('an administrator sets its first day, and /me tells the year that today is in', async () => {
    const answer = await set({ fiscal_month: 'july', fiscal_day: 1 });
    assert.equal(answer.status, 200, answer.text);
    const { number, from, to } = await told();
    assert.deepEqual([from, to], [`${number - 1}-07-01`, `${number}-06-30`]);
    await set({ fiscal_month: 'april', fiscal_day: 6 });
    const uk = await told();
    assert.deepEqual([uk.from, uk.to], [`${uk.number - 1}-04-06`, `${uk.number}-04-05`]);
});

test('what is no first day is refused, and so is whoever does not administer', async () => {
    for (const [field, value] of [['fiscal_month', 'brumaire'], ['fiscal_month', 7], ['fiscal_month', null], ['fiscal_day', 0],
        ['fiscal_day', 29], ['fiscal_day', null]]) {
        const answer = await set({ [field]: value });
        assert.equal(answer.status, 422, `${field} ${value}: ${answer.text}`);
        assert.equal(errorsOf(answer)[0].field, field);
    }
    assert.equal((await set({ fiscal_month: 'may' }, supervisor)).status, 403);
});

test('filters know this, last and next fiscal year and quarter', async () => {
    await set({ fiscal_month: 'july', fiscal_day: 1 });
    const { from, to } = await told();
    const [first, last] = [Date.parse(from), Date.parse(to)];
    const date = (ms) => new Date(ms).toISOString().slice(0, 10);
    const days = { before: first - DAY, first, last, after: last + DAY };
    for (const [name, ms] of Object.entries(days)) {
        const made = await admin.post('/projects', { name, due_date: date(ms) });
        assert.equal(made.status, 201, made.text);
    }
    const within = async (word) => {
        const answer = await admin.get(`/projects?sort=due_date&filter[due_date][within]=${word}`);
        assert.equal(answer.status, 200, answer.text);
        return answer.json.data.map((row) => row.name);
    };
    assert.deepEqual(await within('this_fiscal_year'), ['first', 'last']);
    assert.deepEqual(await within('last_fiscal_year'), ['before']);
    assert.deepEqual(await within('next_fiscal_year'), ['after']);
    const quarters = await Promise.all(['last', 'this', 'next'].map((which) => within(`${which}_fiscal_quarter`)));
    assert.ok(new Set(quarters.flat()).size === quarters.flat().length, 'no day is in two quarters');
});

test('a list offers fiscal years where they are not the calendar\'s', async () => {
    const page = async (who) =>
        (await ask(tenon, 'GET', '/projects?f=due_date', { headers: { cookie: await signIn(tenon, who) } })).text;
    assert.match(await page(admin), /value="this_fiscal_year"/);
    assert.match(await page(admin), /value="next_fiscal_quarter"/);
    const calendar = await page(tenon.b.admin);
    assert.match(calendar, /value="this_year"/);
    assert.doesNotMatch(calendar, /fiscal/);
});

test('the settings page shows the first day and saves it', async () => {
    const cookie = await signIn(tenon, admin);
    const get = () => ask(tenon, 'GET', '/settings/company', { headers: { cookie } });
    const { text } = await get();
    assert.match(text, /<option value="july" selected>July<\/option>/);
    const version = /name="version" value="(\d+)"/.exec(text)[1];
    const form = { name: 'Tenant A', country: 'AU', currency: 'AUD', timezone: 'Australia/Sydney', language: 'en', version,
        fiscal_month: 'october', fiscal_day: '5', _csrf: await tokenOf(tenon, cookie) };
    const saved = await ask(tenon, 'POST', '/settings/company', { headers: { cookie }, form });
    assert.equal(saved.status, 303, saved.text);
    const { from } = await told();
    assert.match(from, /-10-05$/);
    const wrong = await ask(tenon, 'POST', '/settings/company', { headers: { cookie }, form: { ...form, fiscal_day: '31' } });
    assert.ok([409, 422].includes(wrong.status), `${wrong.status}`);
});

test('the first page counts fiscal quarters where they are not the calendar\'s', async () => {
    const home = async (who) => {
        await who.post('/leads', { name: 'Some lead' });
        return (await ask(tenon, 'GET', '/?by=quarter', { headers: { cookie: await signIn(tenon, who) } })).text;
    };
    assert.match(await home(admin), /Won this fiscal quarter/);
    assert.match(await home(tenon.b.admin), /Won this quarter/);
});

test('no change of the fiscal year gives a number twice', async () => {
    const [series] = await admin.all('/sequences?filter[name]=project');
    const yearly = await admin.patch(`/sequences/${series.id}`, { restarts: 'yearly' });
    assert.equal(yearly.status, 200, yearly.text);
    const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november',
        'december'];
    const numbers = [];
    for (const fiscal_month of [...months, ...months].sort()) {
        for (const fiscal_day of [1, 28]) {
            assert.equal((await set({ fiscal_month, fiscal_day })).status, 200);
            const made = await admin.post('/projects', { name: 'Numbered' });
            assert.equal(made.status, 201, made.text);
            numbers.push(recordOf(made).number);
        }
    }
    assert.equal(new Set(numbers).size, numbers.length, numbers.join(' '));
    for (const number of numbers) assert.match(number, /^P-\d{4}-\d{5}$/);
});
