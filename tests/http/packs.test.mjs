// packs.test.mjs - what the packs promise beyond single records: totals and counts are those of the children, nothing is in two
// places at once, a lot is reserved once, actions tell when and by whom, and numbers have no gap.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PACKS, errorsOf, recordOf, startTenon } from './support.mjs';
import { ask, signIn, tokenOf } from './browser.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const make = new Maker(tenon.schema, admin, shape);
const made = async (entity, change) => (await make.create(entity, 'min', change)).record;
const read = async (entity, id) => recordOf(await admin.get(`/${entity}/${id}`));

test('a quote is the sum of its lines, without those that are optional and not chosen', async () => {
    const quote = await made('quotes');
    const line = (more) => made('quote_items',
        { quote_id: quote.id, quantity: '3', unit_price: '33.35', tax_rate: '10', ...more });
    const first = await line();
    assert.equal(first.total_price, '110.06', '100.05 and its tax of 10.005, rounded half away from zero');
    const extra = await line({ is_optional: true });
    const { total_amount, tax_amount } = await read('quotes', quote.id);
    assert.deepEqual([total_amount, tax_amount], ['110.06', '10.01']);
    await admin.patch(`/quote_items/${extra.id}`, { is_selected: true });
    assert.equal((await read('quotes', quote.id)).total_amount, '220.12');
    await admin.delete(`/quote_items/${first.id}`);
    const now = await read('quotes', quote.id);
    assert.deepEqual([now.subtotal, now.tax_amount, now.total_amount, now.lines_count], ['100.05', '10.01', '110.06', 1]);
});

test('a quote and its lines rest once it is sent, and it has its number', async () => {
    const quote = await made('quotes');
    assert.equal((await admin.post(`/quotes/${quote.id}/send`, {})).status, 409, 'there is no line');
    const line = await made('quote_items', { quote_id: quote.id });
    const sent = recordOf(await admin.post(`/quotes/${quote.id}/send`, {}));
    assert.match(sent.number, /^Q-\d{5}$/);
    assert.ok(sent.sent_at);
    assert.equal((await admin.patch(`/quotes/${quote.id}`, { title: 'Other' })).status, 409);
    assert.equal((await admin.patch(`/quote_items/${line.id}`, { quantity: '9' })).status, 409);
    assert.equal((await admin.delete(`/quotes/${quote.id}`)).status, 409);
    const refused = await admin.post(`/quotes/${quote.id}/reject`, {});
    assert.ok(errorsOf(refused).some((e) => e.field === 'rejection_reason'), refused.text);
});

test('a development tells how many lots it has and from what price, also after one is deleted and restored', async () => {
    const development = await made('developments');
    const stage = await made('stages', { development_id: development.id });
    const lots = [];
    for (const price of ['250000.00', '310000.00']) lots.push(await made('lots', { stage_id: stage.id, price }));
    const figures = async () => {
        const d = await read('developments', development.id);
        return [d.total_lots, d.available_lots, d.min_price, d.max_price];
    };
    assert.deepEqual(await figures(), [2, 2, '250000.00', '310000.00']);
    await admin.delete(`/lots/${lots[0].id}`);
    assert.deepEqual(await figures(), [1, 1, '310000.00', '310000.00']);
    await admin.post(`/lots/${lots[0].id}/restore`, {});
    assert.deepEqual(await figures(), [2, 2, '250000.00', '310000.00']);
    await admin.delete(`/developments/${development.id}`);
    await admin.post(`/developments/${development.id}/restore`, {});
    assert.deepEqual(await figures(), [2, 2, '250000.00', '310000.00']);
});

test('of ten who reserve a lot at once one gets it, and cancelling frees it', async () => {
    const lot = await made('lots');
    const answers = await Promise.all(Array.from({ length: 10 }, () => admin.post('/reservations', { lot_id: lot.id })));
    assert.deepEqual(answers.map((a) => a.status).sort(), [201, ...Array(9).fill(409)]);
    assert.equal((await read('lots', lot.id)).status, 'reserved');
    const { id } = recordOf(answers.find((a) => a.status === 201));
    await admin.post(`/reservations/${id}/cancel`, {});
    assert.equal((await read('lots', lot.id)).status, 'available');
});

test('a storage unit is booked once at a time, and the refusal names who has it', async () => {
    const unit = await made('storage_units');
    const client = await made('clients', { name: 'Harbour Cafe' });
    const book = (start_date, end_date) => admin.post('/storage_bookings', { storage_unit_id: unit.id, client_id: client.id,
        start_date, end_date });
    assert.equal((await book('2026-03-01', '2026-03-31')).status, 201);
    const clash = await book('2026-03-31', '2026-04-30');
    assert.equal(clash.status, 409);
    assert.match(clash.text, /Harbour Cafe/);
    assert.equal((await book('2026-04-01', null)).status, 201);
    assert.equal((await book('2027-01-01', '2027-01-02')).status, 409, 'it is booked until further notice');
});

test('stock is the sum of its movements and never below none', async () => {
    const item = await made('inventory_items');
    const move = (type, quantity) => admin.post('/inventory_transactions', { inventory_item_id: item.id, type, quantity });
    assert.equal((await move('purchase', 5)).status, 201);
    assert.equal((await move('sale', 6)).status, 409);
    assert.equal((await move('sale', 2)).status, 201);
    assert.equal((await read('inventory_items', item.id)).quantity, 3);
});

test('an invoice is paid by what settles it, and never by more than is open', async () => {
    const { invoice_id, payment_id } = await shape('payment_allocations', {}, make);
    const settle = (amount) => admin.post('/payment_allocations', { invoice_id, payment_id, amount });
    assert.equal((await settle('60.00')).status, 409, 'only 50 came in');
    assert.equal((await settle('50.00')).status, 201);
    const invoice = await read('invoices', invoice_id);
    assert.deepEqual([invoice.status, invoice.amount_due], ['partial_paid', '50.00']);
    const rest = await made('payments', { invoice_id, amount: '80.00' });
    assert.equal((await admin.post(`/payments/${rest.id}/complete`, {})).status, 409);
    const exact = await made('payments', { invoice_id, amount: '50.00' });
    assert.equal((await admin.post(`/payments/${exact.id}/complete`, {})).status, 200);
    assert.equal((await read('invoices', invoice_id)).status, 'paid');
});

// What a company has switched off is not there, and is as it was when it is switched on again.
test('each part of the menu begins with what its pack is for', async () => {
    const cookie = await signIn(tenon, admin);
    const { text } = await ask(tenon, 'GET', '/', { headers: { cookie } });
    const nav = /<nav[^]*?<\/nav>/.exec(text)[0];
    const order = [...nav.matchAll(/href="\/(\w+)/g)].map((found) => found[1]);
    const packOf = Object.fromEntries(tenon.schema.map((e) => [e.name, e.pack]));
    const placed = ['clients', 'contacts']; // above all packs
    const firsts = PACKS.split(',').map((pack) => order.find((name) => packOf[name] === pack && !placed.includes(name)));
    for (const name of ['leads', 'quotes', 'tickets', 'assets', 'developments', 'journeys', 'calls', 'dashboards'])
        assert.ok(firsts.includes(name), `${name}: ${firsts}`);
});

test('a pack that is off has no address, no menu and no permission, and keeps its records', async () => {
    const { admin: owner, id } = tenon.b;
    const maker = new Maker(tenon.schema, owner, shape);
    const all = PACKS.split(',');
    const entities = tenon.schema.filter((e) => !e.internal && all.includes(e.pack));
    const records = new Map();
    for (const { name } of entities) records.set(name, await maker.some(name).catch(() => undefined));
    const told = async () => Object.fromEntries(await Promise.all(entities.map(async ({ name }) => {
        const answer = await owner.get(`/${name}?sort=id&limit=200`);
        return [name, `${answer.status} ${answer.text.replace(/urn:tenon:request:\w+/, '')}`];
    })));
    const turn = async (packs) => assert.equal((await owner.patch(`/tenants/${id}`, { packs })).status, 200);
    const before = await told();
    assert.ok(Object.values(before).every((text) => text.startsWith('200')), 'all are on');

    await turn([]);
    const cookie = await signIn(tenon, owner);
    const token = await tokenOf(tenon, cookie);
    const asked_as = (method, path) => ask(tenon, method, path, { headers: { cookie, 'x-csrf-token': token } });
    const off = new Set(entities.map((e) => e.name));
    const { routes } = await tenon.cli('routes');
    const faults = [];
    let asked = 0;
    for (const route of routes) {
        const [first] = route.path.replace('/api/v1', '').slice(1).split('/');
        if (!off.has(route.entity) && !off.has(first)) continue;
        const path = route.path.replace('{id}', records.get(first) ?? 1).replace(/\{\w+\}/, 'x');
        const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {};
        const answer = route.path.startsWith('/api/') ? await owner.request(route.method, path, { raw: true, json: body })
            : await asked_as(route.method, path);
        asked++;
        if (answer.status !== 404) faults.push(`${route.method} ${route.path}: ${answer.status}`);
    }
    assert.deepEqual(faults, []);
    assert.ok(asked > 1000, `${asked} routes asked`);
    const page = (await asked_as('GET', '/tasks')).text;
    const links = [...page.matchAll(/href="\/(\w+)["?]/g)].map((m) => m[1]).filter((name) => off.has(name));
    assert.deepEqual(links, [], 'nothing leads there');
    const may = Object.keys((await owner.get('/me')).json.access).filter((name) => off.has(name));
    assert.deepEqual(may, [], 'nothing is allowed there');
    const lead = await tenon.a.admin.get('/leads?limit=1');
    assert.equal(lead.status, 200, 'another company has what it had');

    await turn(['billing']);
    for (const { name, pack } of entities) {
        const answer = await owner.get(`/${name}?limit=1`);
        assert.equal(answer.status, pack === 'billing' ? 200 : 404, name);
    }
    await turn(all);
    assert.deepEqual(await told(), before);
});
