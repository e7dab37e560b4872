// import.test.mjs - importing and exporting by request: what is guessed, told, saved, refused and taken back.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { errorsOf, run as runAt, startTenon } from './support.mjs';

let tenon;
let admin;
before(async () => {
    tenon = await startTenon({ roles: ['sales_agent', 'read_only'] });
    admin = tenon.a.admin;
});
after(() => tenon?.stop());

const csv = (text, type = 'text/csv') => ({ body: text, headers: { 'content-type': type } });
const query = (options) => new URLSearchParams(Object.entries(options).map(([k, v]) => [k,
    typeof v === 'object' ? JSON.stringify(v) : v]));
const load = (who, entity, text, options = {}, type) => who.request('POST', `/${entity}/import?${query(options)}`, csv(text,
    type));
const counts = ({ json }) => [json.new, json.changed, json.unchanged, json.duplicate, json.bad];
async function loaded(entity, text, options) {
    const answer = await load(admin, entity, text, options);
    assert.equal(answer.status, 200, answer.text);
    return answer;
}
const fieldOf = (answer, column) => answer.json.columns.find((c) => c.column === column)?.field;
const leadOf = async (email) => (await admin.get(`/leads?filter[email]=${email}`)).json.data[0];

test('a_dry_run_counts_and_writes_nothing', async () => {
    const before_ = await admin.get('/leads?count=exact');
    const answer = await loaded('leads', 'Name,E-mail\nAnn,ann@dry.example\nBen,not an address\nAnn,ann@dry.example\n',
        { dry_run: true });
    assert.deepEqual(counts(answer), [1, 0, 0, 1, 1]);
    assert.equal(answer.json.dry_run, true);
    assert.equal(answer.json.change_set_id, null);
    assert.equal((await admin.get('/leads?count=exact')).json.total, before_.json.total);
});

test('columns_are_guessed_from_what_other_programs_call_them', async () => {
    const heading = 'First Name,Last Name,Company,Lead Owner,Email,Mobile,Lead Status,Zip,Created Time,LEADID,Amount (AUD)';
    const row = 'Zoë,Müller,Sunny GmbH,ADMIN@tenant-a.example.com,zoe@guess.example,0491 570 156,NEW,2000,' +
        '"15 Apr, 2021 00:03:00",7,"$1,234.50"';
    const answer = await loaded('leads', `${heading}\n${row}\n`);
    assert.deepEqual(counts(answer), [1, 0, 0, 0, 0], answer.text);
    const fields = heading.split(',').map((c) => fieldOf(answer, c));
    assert.deepEqual(fields, ['first_name', 'last_name', 'company_name', 'assigned_to_id', 'email', 'phone', 'lead_status_id',
        'postal_code',
        'created_at', null, 'estimated_value']);
    assert.deepEqual(answer.json.unmapped, ['LEADID']);
    const lead = await leadOf('zoe@guess.example');
    assert.equal(lead.name, 'Zoë Müller');
    assert.equal(lead.phone, '+61491570156');
    assert.equal(lead.estimated_value, '1234.50');
    assert.equal(lead.created_at, '2021-04-14T14:03:00Z'); // midnight in Sydney
    assert.equal(lead.assigned_to_id, admin.userId);
});

test('a_mapping_and_values_say_what_is_meant_and_can_be_remembered', async () => {
    const text = 'Wer,Mail,Phase,Quelle\nIvo,ivo@map.example,heiss,x\n';
    const options = { mapping: { Wer: 'name', Mail: 'email', Phase: 'rating', Quelle: null },
        values: { rating: { heiss: 'hot' } } };
    const answer = await loaded('leads', text, { ...options, save_mapping: 'German list' });
    assert.deepEqual(counts(answer), [1, 0, 0, 0, 0], answer.text);
    assert.equal((await leadOf('ivo@map.example')).rating, 'hot');
    const again = await loaded('leads', text.replaceAll('ivo', 'jan'), { mapping: 'German list', values: options.values,
        dry_run: true });
    assert.deepEqual(counts(again), [1, 0, 0, 0, 0], again.text);
    const wrong = await load(admin, 'leads', text, { mapping: { Nobody: 'name' } });
    assert.equal(wrong.status, 422);
    assert.equal(errorsOf(wrong)[0].code, 'unknown_column');
    const none = await load(admin, 'leads', text, { mapping: { Wer: 'salary' } });
    assert.equal(errorsOf(none)[0].code, 'unknown_field');
});

test('a_status_that_is_not_there_is_a_bad_row_and_a_source_may_be_made', async () => {
    const text = 'Name,Lead Status,Lead Source\nKim,Pre Qualified,Trade Fair\n';
    const bad = await loaded('leads', text);
    assert.deepEqual(counts(bad), [0, 0, 0, 0, 1]);
    assert.match(bad.json.bad_rows[0].errors[0].message, /Pre Qualified/);
    assert.deepEqual(bad.json.unknown_values.map((u) => [u.field, u.value, u.rows]),
        [['lead_status_id', 'Pre Qualified', 1], ['lead_source_id', 'Trade Fair', 1]]);
    const good = await loaded('leads', text, { values: { lead_status_id: { 'pre qualified': 'Qualified' } },
        create_missing: true });
    assert.deepEqual(counts(good), [1, 0, 0, 0, 0], good.text);
    const sources = await admin.all('/lead_sources');
    assert.equal(sources.filter((s) => s.name === 'Trade Fair').length, 1);
    const rest = await loaded('leads', text.replace('Kim', 'Lee'), { values: { lead_status_id: { '*': 'New' } } });
    assert.deepEqual(counts(rest), [1, 0, 0, 0, 0], rest.text);
});

test('duplicates_are_skipped_updated_or_made_as_asked', async () => {
    await loaded('leads', 'Name,Email,City\nMia,mia@dup.example,Perth\n');
    const text = 'Name,Email,City\nMia,MIA@dup.example,Hobart\nMia,mia@dup.example,\n';
    assert.deepEqual(counts(await loaded('leads', text)), [0, 0, 0, 2, 0]);
    assert.equal((await leadOf('mia@dup.example')).city, 'Perth');
    const trial = await loaded('leads', text.replace('MIA', 'mia'), { duplicates: 'update', dry_run: true });
    assert.deepEqual(counts(trial), [0, 1, 1, 0, 0]);
    assert.deepEqual(counts(await loaded('leads', text.replace('MIA', 'mia'), { duplicates: 'update' })), [0, 1, 1, 0, 0]);
    assert.equal((await leadOf('mia@dup.example')).city, 'Hobart', 'an empty cell keeps what is there');
    await loaded('leads', 'Email,City\nmia@dup.example,\n', { duplicates: 'update', clear_empty: true });
    assert.equal((await leadOf('mia@dup.example')).city, null);
    assert.deepEqual(counts(await loaded('leads', 'Name,Email\nMia,mia@dup.example\n', { duplicates: 'create' })), [1, 0, 0, 0,
        0]);
});

test('one_undo_takes_an_import_back', async () => {
    const rows = Array.from({ length: 450 }, (_, i) => `Undo ${i},undo${i}@undo.example`).join('\n');
    const answer = await loaded('leads', `Name,Email\n${rows}\n`);
    assert.deepEqual(counts(answer), [450, 0, 0, 0, 0]);
    assert.equal(answer.headers.get('change-set-id'), String(answer.json.change_set_id));
    const undone = await admin.post(`/change_sets/${answer.json.change_set_id}/undo`);
    assert.equal(undone.status, 200, undone.text);
    assert.equal(undone.json.conflicts, 0);
    assert.equal((await admin.get('/leads?filter[email][contains]=undo.example&count=exact')).json.total, 0);
});

test('bad_rows_come_back_as_csv_that_can_be_put_right_and_sent_again', async () => {
    const rows = Array.from({ length: 120 }, (_,
        i) => `"Row ""${i}""",${i % 2 ? `row${i}@bad.example` : 'nowhere'},=1+1`).join('\n');
    const answer = await loaded('leads', `Name,Email,Notes\n${rows}\n`);
    assert.deepEqual(counts(answer), [60, 0, 0, 0, 60]);
    assert.equal(answer.json.bad_rows.length, 60);
    assert.equal(answer.json.bad_rows[0].line, 2);
    assert.equal(answer.json.bad_rows[0].values.Email, 'nowhere');
    const file = await admin.request('GET', answer.json.error_file, { raw: true });
    assert.equal(file.status, 200);
    const lines = file.text.replace(/^\uFEFF/, '').trimEnd().split('\r\n');
    assert.equal(lines[0], 'Name,Email,Notes,import_line,import_reason');
    assert.equal(lines.length, 61);
    assert.match(lines[1], /^"Row ""0""",nowhere,'=1\+1,2,"?Email: /);
    const again = await loaded('leads', file.text.replaceAll('nowhere', 'x@bad.example'), { duplicates: 'create' });
    assert.deepEqual(counts(again), [60, 0, 0, 0, 0], again.text);
    assert.equal((await admin.get('/leads?filter[email]=x@bad.example')).json.data[0].description, '=1+1');
    const foreign = await tenon.b.admin.request('GET', answer.json.error_file, { raw: true });
    assert.equal(foreign.status, 404);
    assert.equal((await tenon.a.sales_agent.request('GET', answer.json.error_file, { raw: true })).status, 404);
});

test('a_large_file_runs_by_itself_and_tells_how_far_it_is', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `Large ${i},large${i}@large.example`).join('\n');
    const answer = await load(admin, 'leads', `Name,Email\n${rows}\n`, { wait: false });
    assert.equal(answer.status, 202, answer.text);
    const place = answer.headers.get('location');
    assert.match(place, /^\/api\/v1\/import_runs\/\d+$/);
    let row;
    let last = 0;
    let moved = Date.now(); // it may take long where every statement is planned anew, but not without getting on
    while (!['done', 'failed'].includes(row?.status) && Date.now() - moved < 60_000) {
        row = (await admin.request('GET', place, { raw: true })).json;
        assert.ok(row.progress >= last, 'progress goes up');
        if (row.progress > last) moved = Date.now();
        last = row.progress;
        await new Promise((done) => setTimeout(done, 50));
    }
    assert.equal(row.status, 'done', row.message);
    assert.equal(row.progress, 100);
    assert.equal(row.new_count, 3000);
    assert.ok(row.change_set_id);
    assert.equal((await tenon.b.admin.request('GET', place, { raw: true })).status, 404);
});

test('a_form_with_a_file_is_taken_as_well', async () => {
    const form = new FormData();
    form.append('duplicates', 'skip');
    form.append('file', new Blob(['Name;Email;Value\nFormer;form@form.example;1.234,50\n'], { type: 'text/csv' }), 'leads.csv');
    const answer = await admin.request('POST', '/leads/import', { body: form });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.delimiter, ';');
    assert.equal((await leadOf('form@form.example')).estimated_value, '1234.50');
});

test('what_is_no_file_or_no_csv_is_refused_with_a_reason', async () => {
    const cases = [
        ['', {}, 'empty_file'],
        ['\n\n', {}, 'empty_file'],
        ['Foo,Bar\n1,2\n', {}, 'no_columns'],
        ['Name,Email\n"open,x@y.example\n', {}, 'malformed_csv'],
        ['Name,Email\nA\0B,x@y.example\n', {}, 'malformed_csv'],
        ['Name,Created Time\nA,3/4/2021\nB,5/6/2021\n', {}, 'ambiguous_dates'],
        ['Name\nA\n', { duplicates: 'sometimes' }, 'bad_value'],
        ['Name\nA\n', { mapping: '{"Name":' }, 'malformed_json'],
        ['Name\nA\n', { nonsense: 1 }, 'unknown_parameter'],
        ['Name\nA\n', { match: 'email' }, 'no_column'],
    ];
    for (const [text, options, code] of cases) {
        const answer = await load(admin, 'leads', text, options);
        assert.ok(answer.status >= 400 && answer.status < 500, `${code}: ${answer.status} ${answer.text}`);
        assert.equal(errorsOf(answer)[0].code, code, answer.text);
    }
    assert.equal((await load(admin, 'leads', '{}', {}, 'application/json')).status, 415);
    assert.equal((await load(admin, 'audit_logs', 'Action\nx\n')).status, 404);
    const given = await loaded('leads', 'Name,Created Time\nA,3/4/2021\n', { date_format: 'day_first' });
    assert.deepEqual(counts(given), [1, 0, 0, 0, 0], given.text);
});

test('who_may_not_create_may_not_import_and_who_may_not_export_gets_nothing', async () => {
    assert.equal((await load(tenon.a.read_only, 'leads', 'Name\nA\n')).status, 403);
    assert.equal((await load(tenon.a.sales_agent, 'users', 'Name,Email\nA,a@a.example\n')).status, 403);
    assert.equal((await load(tenon.nobody, 'leads', 'Name\nA\n')).status, 401);
    assert.equal((await tenon.a.read_only.get('/leads/export')).status, 403);
    const own = await load(tenon.a.sales_agent, 'leads', 'Name,Email\nAgent,agent@own.example\n');
    assert.equal(own.status, 200, own.text);
    const mine = await tenon.a.sales_agent.get('/leads/export?format=json');
    assert.deepEqual(mine.json.map((lead) => lead.email), ['agent@own.example'], 'the scope limits what is exported');
    const foreign = await load(tenon.b.admin, 'leads', `id,Name\n${mine.json[0].id},Changed\n`, { duplicates: 'update',
        match: 'id' });
    assert.deepEqual(counts(foreign), [0, 0, 0, 0, 1], 'a foreign id is as one that is not there');
});

test('an_export_is_safe_in_a_spreadsheet_and_can_be_filtered', async () => {
    await admin.post('/leads', { name: '=HYPERLINK("http://x")', city: '@SUM(1)', region: "'-1", email: 'formula@exp.example',
        phone: '+61 491 570 156' });
    const answer = await admin.get('/leads/export?format=csv&filter[email]=formula@exp.example&bom=true');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /text\/csv/);
    assert.match(answer.headers.get('content-disposition'), /attachment; filename="?leads-\d{4}-\d\d-\d\d\.csv/);
    assert.match(answer.text, /"'=HYPERLINK\(""http:\/\/x""\)"/);
    assert.match(answer.text, /"'@SUM\(1\)","''-1"/);
    assert.match(answer.text, /,\+61491570156,/);
    assert.equal(answer.text.trimEnd().split('\r\n').length, 2);
    const again = await loaded('leads', answer.text, { dry_run: true, duplicates: 'update' });
    assert.deepEqual(counts(again), [0, 0, 1, 0, 0], again.text);
    const sheet = await fetch(`${tenon.url}/api/v1/leads/export?format=xlsx`,
        { headers: { authorization: `Bearer ${admin.key}` } });
    const bytes = Buffer.from(await sheet.arrayBuffer());
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    assert.equal((await admin.get('/leads/export?format=pdf')).status, 400);
    assert.equal((await admin.get('/leads/export?limit=5')).status, 400);
    const log = await admin.get('/audit_logs?filter[action]=export');
    assert.ok(log.json.data.length >= 2, 'exports are in the audit log');
});

test('importing_an_export_changes_nothing_for_every_entity', async () => {
    const nasty = ['  spaces  ', 'line\nbreak', 'tab\there', '"quotes"', "'=x", '-5', 'a;b|c,d', '\u202eabc', '１２', 'ünï'];
    for (const [i, name] of nasty.entries()) {
        await admin.post('/leads', { name: `${name}`, description: `${name}\r\n${name}`, tags: ['a, b', '"c"', `t${i}`],
            source: name });
        await admin.post('/clients', { name: `${name} ${i}`, hourly_rate: '12.50', contract_start_date: '2026-02-03' });
    }
    const client = (await admin.all('/clients'))[0];
    await admin.post('/contacts', { name: 'Con Tact', client_id: client.id, tags: ['x'] });
    await admin.post('/notes', { content: '# Note\n\n=1', subject_type: 'clients', subject_id: client.id });
    await admin.post('/tasks', { title: 'Call', due_at: '2026-11-30T09:30:15.250Z', subject_type: 'clients',
        subject_id: client.id });
    await admin.post('/tags', { name: 'x' });
    let seen = 0;
    for (const entity of tenon.schema) {
        const file = await admin.get(`/${entity.name}/export?format=csv`);
        if (file.status !== 200) continue;
        const rows = (await admin.all(`/${entity.name}`)).length;
        const answer = await load(admin, entity.name, file.text, { dry_run: true, duplicates: 'update' });
        if (answer.status === 404 || rows === 0) continue; // written by Tenon itself
        assert.equal(answer.status, 200, `${entity.name}: ${answer.text}`);
        assert.deepEqual(counts(answer), [0, 0, rows, 0, 0], `${entity.name}: ${answer.text}`);
        seen++;
    }
    assert.ok(seen >= 10, `${seen} entities had rows`);
});

test('the_command_line_imports_and_exports_too', async () => {
    const path = join(tenon.dir, 'cli.csv');
    writeFileSync(path, 'Name,Email\nCli,cli@cli.example\nBad,nowhere\n');
    const run = (args) => runAt(args, { cwd: tenon.dir });
    const common = ['--tenant', String(tenon.b.id), '--database', tenon.database];
    const done = await run(['import', 'leads', path, ...common, '--as', tenon.b.admin.email, '--errors', join(tenon.dir,
        'bad.csv'), '--json']);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stderr, /100 %/);
    assert.deepEqual(counts({ json: JSON.parse(done.stdout) }), [1, 0, 0, 0, 1]);
    assert.match(readFileSync(join(tenon.dir, 'bad.csv'), 'utf8'), /Bad,nowhere,3,/);
    const out = await run(['export', 'leads', ...common, '--format', 'json', '--query', 'filter[email]=cli@cli.example']);
    assert.deepEqual(JSON.parse(out.stdout).map((lead) => lead.name), ['Cli']);
    assert.equal((await run(['import', 'nothings', path, ...common])).status, 2);
});

test('a_number_without_a_country_code_is_of_the_country_that_its_row_names', async () => {
    const text = 'Name,Phone,Country\nBerlin,030 901820,Germany\nWien,01 58858,Österreich\nReno,(775) 334-2489,USA\n'
        + 'Perth,08 9265 0600,\nAtlantis,08 9265 0601,Atlantis\nKyiv,+380 44 278 2025,de\n';
    const phones = async (name) => {
        const found = await admin.get(`/leads?filter[name]=${name}&filter[phone][null]=false`);
        return found.json.data.map((lead) => lead.phone);
    };
    assert.deepEqual(counts(await loaded('leads', text)), [6, 0, 0, 0, 0]);
    for (const [name, phone] of Object.entries({ Berlin: '+4930901820', Wien: '+43158858', Reno: '+17753342489',
        Perth: '+61892650600', Atlantis: '+61892650601', Kyiv: '+380442782025' })) {
        assert.deepEqual(await phones(name), [phone], name);
    }
    assert.deepEqual(counts(await loaded('leads', text, { match: 'phone' })), [0, 0, 0, 6, 0], 'known by their numbers');
    const all = await loaded('leads', 'Name,Phone,Country\nBonn,0228 123456,Ghana\n', { country: 'DE' });
    assert.deepEqual(counts(all), [1, 0, 0, 0, 0], all.text);
    assert.deepEqual(await phones('Bonn'), ['+49228123456'], 'what is said for all counts for all');
});

const DATA = process.env.TENON_DATA;
const needs = (path) => (!DATA ? 'TENON_DATA is not set' : existsSync(join(DATA, path)) ? false : `${path} is not there`);

test('a_list_of_leads_of_another_crm_comes_in_whole', { skip: needs('crm/zoho/Leads.csv') }, async () => {
    const users = await loaded('users', readFileSync(join(DATA, 'crm/zoho/Users.csv'), 'utf8'));
    assert.deepEqual(counts(users), [11, 0, 0, 0, 0], users.text);
    const values = { lead_status_id: { 'Pre Qualified': 'Qualified', 'Junk Lead': 'Archived', 'Lost Lead': 'Lost',
        '*': 'Contacted' } };
    const text = readFileSync(join(DATA, 'crm/zoho/Leads.csv'), 'utf8');
    const answer = await loaded('leads', text, { values, create_missing: true, country: 'US', duplicates: 'create' });
    assert.deepEqual(counts(answer), [3900, 0, 0, 0, 0], JSON.stringify(answer.json.bad_rows[0]));
    const undone = await admin.post(`/change_sets/${answer.json.change_set_id}/undo`);
    assert.equal(undone.json?.conflicts, 0, undone.text);
});

test('lists_of_companies_contacts_and_places_come_in', { skip: needs('crm/datablist/organizations-1000.csv') }, async () => {
    const read = (path) => readFileSync(join(DATA, path), 'utf8');
    const companies = await loaded('clients', read('crm/datablist/organizations-1000.csv'));
    assert.deepEqual(counts(companies), [1000, 0, 0, 0, 0]);
    assert.equal(fieldOf(companies, 'Organization'), null, 'keys are no names');
    assert.deepEqual(counts(await loaded('leads', read('crm/mautic/10contacts.csv'))), [10, 0, 0, 0, 0]);
    const people = await loaded('contacts', read('assets/snipeit/users-sample.csv'), { country: 'US' });
    assert.deepEqual(counts(people), [98, 0, 0, 0, 2], people.text);
    assert.ok(people.json.bad_rows.every((row) => row.errors[0].code === 'not_a_phone'), 'numbers that no telephone has');
    assert.deepEqual(counts(await loaded('clients', read('crm/maven/accounts.csv'))), [85, 0, 0, 0, 0]);
});

test('files_made_to_trip_readers_give_their_rows_or_a_reason', { skip: needs('torture/csv-spectrum') }, async () => {
    const folder = join(DATA, 'torture/csv-spectrum');
    for (const name of readdirSync(join(folder, 'csvs'))) {
        const text = readFileSync(join(folder, 'csvs', name));
        const expected = [JSON.parse(readFileSync(join(folder, 'json', name.replace('.csv', '.json')), 'utf8'))].flat();
        const columns = Object.keys(expected[0]);
        const mapping = Object.fromEntries(columns.map((column, i) => [column, i === columns.length - 1 ? 'description' : null]));
        const answer = await loaded('leads', text, { mapping, values: {}, duplicates: 'create', dry_run: true });
        assert.equal(answer.json.rows, expected.length, name);
        // The last column is kept as it is; a first one with line breaks is no name of a company.
        const first = columns.length > 1 ? { [columns[0]]: 'company_name' } : {};
        const told = await loaded('leads', text, { mapping: { ...mapping, ...first }, values: {} });
        const breaks = (row) => columns.length > 1 && /[\r\n]/.test(row[columns[0]]);
        assert.equal(told.json.bad, expected.filter(breaks).length, name);
        for (const bad of told.json.bad_rows) assert.equal(bad.errors[0].code, 'line_break', name);
        const leads = told.json.new ? (await admin.get(`/leads?sort=-id&limit=${told.json.new}`)).json.data.reverse() : [];
        const wanted = expected.filter((row) => !breaks(row)).map((row) => row[columns.at(-1)]);
        assert.deepEqual(leads.map((lead) => lead.description ?? ''), wanted, name);
    }
});

test('any_text_goes_out_and_comes_back_as_it_was', { skip: needs('torture/blns.json') }, async () => {
    const strings = JSON.parse(readFileSync(join(DATA, 'torture/blns.json'), 'utf8'));
    let kept = 0;
    for (const text of strings) {
        const made = await admin.post('/leads', { name: 'Naughty', city: 'blns', description: text });
        kept += made.status === 201;
    }
    const file = await admin.get('/leads/export?filter[city]=blns');
    const again = await loaded('leads', file.text, { dry_run: true, duplicates: 'update' });
    assert.deepEqual(counts(again), [0, 0, kept, 0, 0]);
    const fresh = await load(tenon.b.admin, 'leads', file.text, { mapping: { id: null, lead_status_id: null, assigned_to_id: null,
        lead_status: null, assigned_to: null, created_at: null }, duplicates: 'create' });
    assert.equal(fresh.json.new, kept, fresh.text);
    const there = (await tenon.b.admin.all('/leads?filter[city]=blns')).map((lead) => lead.description?.trim()).sort();
    const here = (await admin.all('/leads?filter[city]=blns')).map((lead) => lead.description?.trim()).sort();
    assert.deepEqual(there, here);
});
