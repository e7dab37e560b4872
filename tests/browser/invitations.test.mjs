// Invitations in a browser: somebody is invited, the link is copied, its person comes by it; by mouse, by keys alone, on a phone
// and without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

let company;
before(async () => { company = await Company.start(); });
after(async () => { await company.stop(); });

const NEW = '/settings/invitations/new';
const item = (page, email) => page.locator('.invited > li', { hasText: email });

// Somebody else's browser, with the link that was handed over.
async function arrive(link, { width = 1440, height = 900, scripts = true } = {}) {
    const context = await company.browser.newContext({
        viewport: { width, height }, javaScriptEnabled: scripts, reducedMotion: 'reduce', serviceWorkers: 'block',
    });
    const page = await context.newPage();
    await page.goto(link);
    return page;
}

async function comes(link, email, how) {
    const page = await arrive(link, how);
    assert.equal(await page.getByLabel('E-mail').inputValue(), email);
    if (how?.scripts !== false) assert.deepEqual(await axe(page), []);
    await page.getByLabel('Your name').fill('Gwen Ashby');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('One thing to fix').waitFor();
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Gwen Ashby');
    await page.getByLabel('Password', { exact: true }).fill('a sentence of my own');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    assert.match(await page.locator('.topbar').textContent(), /Fernhill Solar/);
    const again = await arrive(link, how);
    assert.equal(await again.locator('h1').innerText(), 'This invitation is not valid any more');
    await page.context().close();
    await again.context().close();
}

test('somebody is invited from the list of users, the link is copied, and they come', async () => {
    const page = await company.open('/users', { who: 'nora' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: company.tenon.url });
    await page.getByRole('link', { name: 'Invite', exact: true }).click();
    await page.getByLabel('E-mail addresses').fill('gwen.first@example.com');
    await page.getByLabel('Role').selectOption({ label: 'Sales agent' });
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('button', { name: 'Copy the link for gwen.first@example.com' }).click();
    await page.locator('.toast', { hasText: 'Copied.' }).waitFor();
    const link = await page.getByRole('textbox', { name: 'Link for gwen.first@example.com' }).inputValue();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
    assert.deepEqual(await axe(page), []);
    await page.getByRole('link', { name: 'Done' }).click();
    await item(page, 'gwen.first@example.com').getByText('Pending').waitFor();
    await comes(link, 'gwen.first@example.com');
    await page.reload();
    await page.locator('section', { has: page.getByRole('heading', { name: 'Accepted' }) })
        .getByText('gwen.first@example.com').waitFor();
    await page.context().close();
});

test('with the keyboard alone: invited, renewed, revoked', async () => {
    const page = await company.open(NEW, { who: 'nora' });
    const mail = 'gwen.keys@example.com';
    await page.waitForFunction(() => document.activeElement?.id === 'f-email');
    await page.keyboard.type(mail);
    await page.getByRole('button', { name: 'Invite' }).focus();
    await page.keyboard.press('Enter');
    const first = await page.getByRole('textbox', { name: `Link for ${mail}` }).inputValue();
    await page.goto('/settings/invitations');
    await page.getByRole('button', { name: `Renew the invitation of ${mail}` }).focus();
    await page.keyboard.press('Enter');
    const second = await page.getByRole('textbox', { name: `Link for ${mail}` }).inputValue();
    assert.notEqual(second, first);
    await page.goto('/settings/invitations');
    await page.getByRole('button', { name: `Revoke the invitation of ${mail}` }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: 'Revoked.' }).waitFor();
    assert.equal(await item(page, mail).getByRole('button').count(), 0);
    for (const link of [first, second]) {
        const over = await arrive(link);
        assert.equal(await over.locator('h1').innerText(), 'This invitation is not valid any more');
        assert.deepEqual(await axe(over), []);
        await over.context().close();
    }
    await page.context().close();
});

for (const how of [{ width: 390, height: 844, touch: true }, { scripts: false }])
    test(`the same ${how.touch ? 'on a phone' : 'without scripts'}`, async () => {
        const page = await company.open(NEW, { who: 'nora', ...how });
        const mail = how.touch ? 'gwen.phone@example.com' : 'gwen.plain@example.com';
        await page.getByLabel('E-mail addresses').fill(`no address, ${mail}`);
        await page.getByRole('button', { name: 'Invite' }).click();
        await page.getByText('One thing to fix').waitFor();
        assert.match(await page.getByLabel('E-mail addresses').inputValue(), new RegExp(mail));
        await page.getByLabel('E-mail addresses').fill(`Gwen Ashby <${mail}>`);
        await page.getByRole('button', { name: 'Invite' }).click();
        const link = await page.getByRole('textbox', { name: `Link for ${mail}` }).inputValue();
        assert.equal(await page.getByRole('button', { name: `Copy the link for ${mail}` }).isVisible(), how.scripts !== false);
        if (how.touch) assert.equal(await sideways(page), 0);
        await page.goto('/settings/invitations');
        await item(page, mail).waitFor();
        if (how.touch) {
            assert.equal(await sideways(page), 0);
            assert.deepEqual(await axe(page), []);
        }
        await comes(link, mail, how);
        await page.context().close();
    });

test('who may not invite sees no way to it', async () => {
    const page = await company.open('/users', { who: 'tom', scripts: false });
    assert.equal(await page.getByRole('link', { name: 'Invite', exact: true }).count(), 0);
    await page.context().close();
});
