// registry.test.mjs - what the registry finds in the sources, and what it refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render, scan } from '../../../tools/registry.mjs';

const sample = `/* a.c */
ENTITY(zebra) = {
    .name = "zebras", .one = N_("Zebra"),
};
ENTITY(ape) = { .name = "apes" };
ROUTE("GET", "/healthz", health, RUN_READ | PUBLIC)
COMMAND(serve, N_("Serve pages and API"))
 * ENTITY(comment) = { is not at the start of a line
`;

test('declarations at the start of a line are gathered, entities in order of their names', () => {
    const found = scan([{ path: 'a.c', text: sample }]);
    assert.deepEqual(found.faults, []);
    assert.deepEqual(found.entities.map((e) => e.name), ['apes', 'zebras']);
    const routes = found.routes.map((r) => `${r.method} ${r.pattern} ${r.handler} ${r.flags}`);
    assert.deepEqual(routes, ['GET /healthz health RUN_READ | PUBLIC']);
    const c = render(found);
    assert.match(c, /registry_decl_count = 2;/);
    assert.ok(c.indexOf('entity_decl_ape, ') < c.indexOf('entity_decl_zebra, '));
    assert.match(c, /\{"serve", "Serve pages and API", command_serve\}/);
});

for (const [what, text, message] of [
    ['the same entity twice', 'ENTITY(ape) = { .name = "apes" };', /b\.c:1: ENTITY\(ape\) is already declared at a\.c:5/],
    ['the same table by two entities', 'ENTITY(monkey) = { .name = "apes" };', /the entity "apes" is already declared at a\.c:5/],
    ['the same route, whatever its capture is called', 'ROUTE("GET", "/healthz", other, RUN_READ)',
        /GET \/healthz is already declared/],
    ['the same command', 'COMMAND(serve, N_("Again"))', /command serve is already/],
    ['an entity without a name', 'ENTITY(cat) = {\n};', /b\.c:1: ENTITY\(cat\) has no \.name/],
    ['a route over two lines', 'ROUTE("GET",\n"/x", x, RUN_READ)', /b\.c:1: expected ROUTE/],
    ['a command without a translatable help', 'COMMAND(x, "help")', /expected COMMAND/],
]) {
    test(`refused: ${what}`, () => {
        const { faults } = scan([{ path: 'a.c', text: sample }, { path: 'b.c', text }]);
        assert.ok(faults.some((f) => message.test(f)), JSON.stringify(faults));
    });
}
