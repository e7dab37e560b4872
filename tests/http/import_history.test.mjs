// import_history.test.mjs - records come in as far as they had come elsewhere: closed, sent, under their old numbers, with what
// they refer to.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DATABASE, errorsOf, recordOf, startTenon } from './support.mjs';

let tenon;
let admin;
before(async () => {
    tenon = await startTenon();
    admin = tenon.a.admin;
});
after(() => tenon?.stop());

const query = (options) => new URLSearchParams(Object.entries(options).map(([k, v]) => [k,
    typeof v === 'object' ? JSON.stringify(v) : v]));
async function loaded(entity, text, options = {}, who = admin) {
    const answer = await who.request('POST', `/${entity}/import?${query(options)}`,
        { body: text, headers: { 'content-type': 'text/csv' } });
    assert.equal(answer.status, 200, answer.text);
    return answer;
}
const counts = ({ json }) => [json.new, json.changed, json.unchanged, json.duplicate, json.bad];
const reasons = ({ json }) => json.bad_rows.map((row) => [row.line, row.errors[0].field, row.errors[0].code]);
const fieldOf = (answer, column) => answer.json.columns.find((c) => c.column === column)?.field;
const made = async (path, body) => {
    const answer = await admin.post(path, body);
    assert.equal(answer.status, 201, answer.text);
    return recordOf(answer);
};
const undo = async (answer) => {
    const undone = await admin.post(`/change_sets/${answer.json.change_set_id}/undo`);
    assert.equal(undone.json?.conflicts, 0, undone.text);
};

const DEALS = 'Deal Name,Deal Stage,Amount,Close Date,Created On\n'
    + 'Roof,Closed Won,1200,2024-03-31,2024-01-05\nPump,Closed Lost,500,2024-02-29,2024-01-06\n'
    + 'Cells,Proposal,900,2031-01-31,2024-01-07\n';

test('deals that were won or lost come in so, on the day they were, and one undo takes them back', async () => {
    const answer = await loaded('deals', DEALS);
    assert.deepEqual(counts(answer), [3, 0, 0, 0, 0], answer.text);
    assert.equal(fieldOf(answer, 'Deal Stage'), 'pipeline_stage_id');
    const deals = (await admin.get('/deals?sort=title')).json.data;
    assert.deepEqual(deals.map((d) => [d.title, d.status, d.probability > 0, d.actual_close_date, d.expected_close_date]), [
        ['Cells', 'open', true, null, '2031-01-31'], ['Pump', 'lost', false, '2024-02-29', '2024-02-29'],
        ['Roof', 'won', true, '2024-03-31', '2024-03-31']]);
    assert.equal(deals[2].probability, 100);
    assert.ok(deals[2].created_at.startsWith('2024-01-0'), 'made when it was made');
    await undo(answer);
    assert.equal((await admin.get('/deals')).json.data.length, 0);
});

test('a dry run tells the same and keeps nothing', async () => {
    assert.deepEqual(counts(await loaded('deals', DEALS, { dry_run: true })), [3, 0, 0, 0, 0]);
    assert.equal((await admin.get('/deals')).json.data.length, 0);
});

test('an update moves a record on by what may be done to it; the same file again changes nothing', async () => {
    const expense = await made('/expenses', { description: 'Taxi', expense_date: '2026-11-02', amount: '30.00' });
    const text = `Id,Status,Approved At\n${expense.id},reimbursed,2026-11-05T10:00:00Z\n`;
    assert.deepEqual(counts(await loaded('expenses', text, { duplicates: 'update' })), [0, 1, 0, 0, 0]);
    const now = recordOf(await admin.get(`/expenses/${expense.id}`));
    assert.deepEqual([now.status, now.approved_at, now.approved_by_id], ['reimbursed', '2026-11-05T10:00:00Z', admin.userId]);
    const again = await loaded('expenses', text, { duplicates: 'update' });
    assert.deepEqual(counts(again), [0, 0, 1, 0, 0], again.text);
});

test('where nothing leads to a state the row is told, and may be brought to another one', async () => {
    const text = 'Number,Customer,Status,Invoice Date,Due Date\nOLD-7,Meridian,Paid,2024-02-01,2024-03-01\n';
    const bad = await loaded('invoices', text, { create_missing: true });
    assert.deepEqual(reasons(bad), [[2, 'status', 'not_allowed']]);
    assert.deepEqual(bad.json.unknown_values.map((u) => [u.field, u.value]), [['status', 'Paid']]);
    assert.equal((await admin.get('/clients?filter[name]=Meridian')).json.data.length, 0, 'nothing of a bad row stays');
    const left = await loaded('invoices', text, { create_missing: true, values: { status: { Paid: null } } });
    assert.deepEqual(counts(left), [1, 0, 0, 0, 0], left.text);
    const [invoice] = (await admin.get('/invoices?filter[number]=OLD-7')).json.data;
    assert.equal(invoice.status, 'draft');
});

test('by no other way in is a state or a number given', async () => {
    const state = await admin.post('/deals', { title: 'By hand', status: 'won' });
    assert.deepEqual(errorsOf(state).map((e) => [e.field, e.code]), [['status', 'read_only']]);
    const number = await admin.post('/projects', { name: 'By hand', number: 'P-99' });
    assert.deepEqual(errorsOf(number).map((e) => [e.field, e.code]), [['number', 'read_only']]);
});

test('whoever may not approve brings in nothing that is approved', async () => {
    const role = await made('/roles', { name: 'clerk', label: 'Clerk' });
    for (const action of ['read', 'create', 'update'])
        await made('/role_permissions', { role_id: role.id, resource: 'expenses', action, scope: 'all' });
    await tenon.cli('user', 'create', 'clerk@example.com', '--tenant', String(tenon.a.id), '--role', 'clerk', '--password-file',
        tenon.secret());
    const clerk = await tenon.client('clerk@example.com', { tenantId: tenon.a.id });
    const text = 'Description,Date,Amount,Status\nTrain,2024-05-01,12.50,approved\nBus,2024-05-01,2.50,submitted\n';
    const answer = await loaded('expenses', text, {}, clerk);
    assert.deepEqual(counts(answer), [1, 0, 0, 0, 1], answer.text);
    assert.equal(answer.json.bad_rows[0].line, 2);
    assert.equal(answer.json.bad_rows[0].errors[0].code, 'forbidden');
    assert.deepEqual(counts(await loaded('expenses', text.replace('Bus', 'Tram'))), [2, 0, 0, 0, 0], 'the admin may');
});

test('old numbers are kept, and counting goes on behind them', async () => {
    const answer = await loaded('projects', 'Project Number,Name\nP-00041,Cellar\nOLD/3,Attic\n');
    assert.deepEqual(counts(answer), [2, 0, 0, 0, 0], answer.text);
    const numbers = (await admin.get('/projects?sort=name')).json.data.map((p) => p.number);
    assert.deepEqual(numbers, ['OLD/3', 'P-00041']);
    assert.equal((await made('/projects', { name: 'Garden' })).number, 'P-00042');
    const taken = await loaded('projects', 'Number,Name\nP-00042,Roof\n');
    assert.deepEqual(reasons(taken), [[2, 'number', 'duplicate']]);
});

test('a ticket that was closed is, since then', async () => {
    const text = 'Ticket ID,Company,Subject,Status,Created At,Resolved At,Closed At\n'
        + '881,Meridian Works,No sound,Closed,2024-04-01 09:00,2024-04-02 10:00,2024-04-03 11:00\n';
    const answer = await loaded('tickets', text, { create_missing: true });
    assert.deepEqual(counts(answer), [1, 0, 0, 0, 0], answer.text);
    assert.deepEqual(answer.json.added, { clients: 1 });
    const [ticket] = (await admin.get('/tickets?filter[number]=881')).json.data;
    assert.deepEqual([ticket.status, ticket.created_at.slice(0, 8), ticket.resolved_at.slice(0, 8), ticket.closed_at.slice(0, 8)],
        ['closed', '2024-03-', '2024-04-', '2024-04-']); // midnight and more in Sydney
});

test('a call that lasted so long ended then', async () => {
    const answer = await loaded('calls', 'Direction,From,To,Start Time,Duration\noutbound,+61255500001,+61255500002,'
        + '2024-05-06T07:08:00Z,90\n');
    assert.deepEqual(counts(answer), [1, 0, 0, 0, 0], answer.text);
    const [call] = (await admin.get('/calls')).json.data;
    assert.deepEqual([call.ended_at, call.duration_seconds], ['2024-05-06T07:09:30Z', 90]);
});

test('each stage has a lot 1, and each client a head office', async () => {
    const developer = await made('/developers', { name: 'Ridge' });
    const development = await made('/developments', { name: 'Ridge View', developer_id: developer.id });
    for (const name of ['North', 'South']) await made('/stages', { name, development_id: development.id });
    const lots = 'Stage,Lot,Price\nNorth,1,100000\nSouth,1,120000\n';
    assert.deepEqual(counts(await loaded('lots', lots)), [2, 0, 0, 0, 0]);
    assert.deepEqual(counts(await loaded('lots', lots)), [0, 0, 0, 2, 0], 'and both are known again');
    assert.deepEqual(counts(await loaded('lots', lots.replace('120000', '125000'), { duplicates: 'update' })), [0, 1, 1, 0, 0]);
    assert.deepEqual(counts(await loaded('lots', 'Stage,Lot\nNorth,2\nSouth,2\nNorth,2\n', { dry_run: true })),
        [2, 0, 0, 1, 0]);
    const offices = 'Client,Name,City\nAlpha,Head office,Perth\nBeta,Head office,Hobart\n,Head office,Sydney\n';
    const options = { create_missing: true };
    assert.deepEqual(counts(await loaded('locations', offices, options)), [3, 0, 0, 0, 0]);
    assert.deepEqual(counts(await loaded('locations', offices, options)), [0, 0, 0, 3, 0]);
});

test('what is missing is made where that is asked for, told beforehand, and taken back with the rest', async () => {
    const text = 'Title,Account\nA,Zenith\nB,Zenith\nC,Apex\n';
    const refused = await loaded('deals', text);
    assert.deepEqual(counts(refused), [0, 0, 0, 0, 3]);
    assert.deepEqual(refused.json.added, {});
    const trial = await loaded('deals', text, { create_missing: true, dry_run: true });
    assert.deepEqual([counts(trial), trial.json.added], [[3, 0, 0, 0, 0], { clients: 2 }]);
    assert.equal((await admin.get('/clients?filter[name]=Zenith')).json.data.length, 0);
    const answer = await loaded('deals', text, { create_missing: true });
    assert.deepEqual([counts(answer), answer.json.added], [[3, 0, 0, 0, 0], { clients: 2 }]);
    assert.equal((await admin.get('/clients?filter[name]=Zenith')).json.data.length, 1);
    await undo(answer);
    assert.equal((await admin.get('/clients?filter[name]=Zenith')).json.data.length, 0);
});

test('cells that cannot be read may be left out, but not where the record needs them', async () => {
    const text = 'Name,Phone,Next follow-up\nKim,12,soon\n';
    assert.deepEqual(counts(await loaded('leads', text)), [0, 0, 0, 0, 1]);
    assert.deepEqual(counts(await loaded('leads', text, { empty_unknown: true })), [1, 0, 0, 0, 0]);
    const [lead] = (await admin.get('/leads?filter[name]=Kim')).json.data;
    assert.deepEqual([lead.phone, lead.next_followup_at], [null, null]);
    const needed = await loaded('tickets', 'Subject,Client\nHelp,Nobody at all\n', { empty_unknown: true });
    assert.deepEqual(reasons(needed), [[2, 'client_id', 'not_found']]);
});

const DATA = process.env.TENON_DATA;
const pipeline = 'crm/maven/sales_pipeline.csv';
const needs = !DATA ? 'TENON_DATA is not set' : existsSync(join(DATA, pipeline)) ? false : `${pipeline} is not there`;

test('the pipeline of another CRM comes in with what was won and lost', { skip: needs }, async () => {
    const lines = readFileSync(join(DATA, pipeline), 'utf8').trimEnd().split(/\r?\n/);
    if (DATABASE !== 'sqlite') lines.splice(1500); // a round trip for each step of each row
    const told = (word) => lines.filter((line) => line.includes(`,${word},`)).length;
    const total = async (status) => (await admin.get(`/deals?filter[status]=${status}&count=exact`)).json.total;
    const before = await total('open');
    const [Prospecting, Engaging] = (await admin.all('/pipeline_stages')).map((stage) => stage.name);
    const answer = await loaded('deals', lines.join('\n'), { values: { pipeline_stage_id: { Prospecting, Engaging } },
        create_missing: true, empty_unknown: true });
    assert.deepEqual(counts(answer), [lines.length - 1, 0, 0, 0, 0], JSON.stringify(answer.json.bad_rows[0]));
    assert.deepEqual([await total('won'), await total('lost'), await total('open') - before],
        [told('Won'), told('Lost'), told('Prospecting') + told('Engaging')]);
});
