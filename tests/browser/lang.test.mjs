// Languages in a browser. Debug builds know the language "xx", in which every sentence of ours stands in brackets: what a page
// shows outside of brackets, and what no record holds, could not be translated. German itself fits a phone and is accessible.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

let company, stored, lead, client;
before(async () => {
    company = await Company.start();
    lead = await company.one('leads');
    client = await company.one('clients');
    await speak('priya', 'xx');
    await speak('nora', 'de');
    stored = company.tenon.stored();
});
after(async () => { await company.stop(); });

async function speak(who, language) {
    const [user] = (await company.api.get(`/users?filter[email]=${encodeURIComponent(company.mail(who))}`)).json.data;
    const answer = await company.api.patch(`/users/${user.id}`, { language });
    assert.equal(answer.status, 200, answer.text);
}

/* What people can read on a page: texts between elements and in attributes. Pictures of names, keys to press and code are no
   words, and a language is called what it calls itself. */
const READ = () => {
    const skip = 'script, style, code, kbd, pre, .avatar, .tenant-mark, [data-words="own"], svg.spark, [name=language] option, '
        + '[name=timezone] option';
    const found = [];
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
        if (!node.parentElement.closest(skip)) found.push(node.data);
    for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
        for (const element of document.querySelectorAll(`[${name}]`))
            if (!element.matches(skip)) found.push(element.getAttribute(name));
    return found;
};

/* Brackets nest where a sentence holds a label. */
function outside(text) {
    let plain = text;
    for (let before = ''; before !== plain;) { before = plain; plain = plain.replace(/\[[^[\]]*\]/g, ' '); }
    return plain;
}

/* Words of ours that are not in brackets: those of people stand in the database. */
function unspoken(texts) {
    const parts = texts.flatMap((text) => outside(text).split(/[·,:;()↑↓]| - /)).map((part) => part.trim());
    const words = parts.filter((part) => /\p{L}{2}/u.test(part) && part !== 'Tenon');
    return [...new Set(words.filter((part) => !stored.includes(Buffer.from(part).toString('latin1'))))];
}

const PAGES = ['/', '/leads', '/leads?f=score', '/leads/board', '/leads/new', '/leads/columns', '/leads/sort', '/clients',
    '/contacts', '/tasks', '/leads?q=zzzz', '/leads?trash=true', '/leads/import', '/search?q=a', '/settings',
    '/settings/company', '/settings/packs', '/leads/duplicates', '/me', '/bin', '/help/keys', '/nothing/here', '/quotes',
    '/invoices/new', '/tickets', '/leads/ID', '/leads/ID/edit', '/leads/ID/move', '/clients/CLIENT'];
const address = (path) => path.replace('ID', lead.id).replace('CLIENT', client.id);
for (const path of PAGES) {
    test(`every sentence of ${path} can be translated`, async () => {
        const page = await company.open(address(path));
        const texts = await page.evaluate(READ);
        await page.context().close();
        assert.ok(texts.some((text) => text.includes('[')), 'something is in brackets');
        assert.deepEqual(unspoken(texts), []);
    });
}

test('a sentence that cannot be translated would be found', () => {
    assert.deepEqual(unspoken(['[Saved.]', '[All [leads]]', 'A sentence of ours', lead.name]), ['A sentence of ours']);
});

const MAIN = ['/', '/leads', '/leads/board', '/leads/new', '/leads/ID', '/clients', '/settings', '/me', '/bin', '/search?q=a'];
for (const path of MAIN) {
    test(`${path} in German is accessible and fits a phone`, async () => {
        const page = await company.open(address(path), { who: 'nora', width: 390, height: 844 });
        assert.equal(await page.locator('html').getAttribute('lang'), 'de');
        assert.equal(await sideways(page), 0);
        assert.deepEqual(await axe(page), []);
        await page.context().close();
    });
}

test('scripts say it in German too', async () => {
    const page = await company.open('/leads', { who: 'nora' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Suche und Befehle' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Datensätze', exact: true }).count(), 1);
    await page.context().close();
});

test('a language that is chosen in the profile is there with the next page', async () => {
    const page = await company.open('/me', { who: 'nora' });
    await page.getByLabel('Sprache').selectOption('en');
    await page.getByRole('button', { name: 'Profil speichern' }).click();
    await page.getByText('Saved.').waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Profile');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.getByText('Gespeichert.').waitFor();
    await page.context().close();
});
