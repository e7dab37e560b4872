// shapes.mjs - what the rules of single entities ask of a record beyond its fields' kinds, for the records that tests make.
//
// shape(entity, body, maker) returns the body to send. Only what a rule demands stands here; the rule's own test shows the rule.

const word = () => `w${Date.now().toString(36)}${Math.floor(Math.random() * 1e9).toString(36)}`;
const fresh = async (maker, entity) => (await maker.create(entity, 'min')).record.id;
const named = (body) => ({ name: body.name ?? word() });

const SHAPES = {
    clients: (body) => ({ ...named(body), is_active: undefined }), // follows from the status
    contacts: named,
    // The source that is referred to gives the lead its source in words.
    leads: (body) => ({ ...named(body), ...(body.lead_source_id ? { source: undefined } : {}) }),
    roles: () => ({ name: word() }),
    role_users: async (body, maker) => ({ role_id: await fresh(maker, 'roles') }),
    user_locations: async (body, maker) => ({ location_id: await fresh(maker, 'locations') }),
    role_permissions: async (body, maker) => ({ role_id: await fresh(maker, 'roles'), resource: 'leads', action: 'read' }),
    user_permissions: async (body, maker) => ({ user_id: await fresh(maker, 'users'), resource: 'leads', action: 'read' }),
    import_mappings: () => ({ entity: 'leads', mapping: { Name: 'name' } }),
    saved_views: () => ({ entity: 'leads' }),
};

export async function shape(entity, body, maker) {
    const own = SHAPES[entity];
    return own ? { ...body, ...(await own(body, maker)) } : body;
}
