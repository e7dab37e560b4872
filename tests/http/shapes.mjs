// shapes.mjs - what the rules of single entities ask of a record beyond its fields' kinds, for the records that tests make.
//
// shape(entity, body, maker) returns the body to send. Only what a rule demands stands here; the rule's own test shows the rule.

const word = () => `w${Date.now().toString(36)}${Math.floor(Math.random() * 1e9).toString(36)}`;
const fresh = async (maker, entity) => (await maker.create(entity, 'min')).record.id;
const named = (body) => ({ name: body.name ?? word() });

// An invoice that was sent and a payment that may settle it.
async function owed(maker) {
    const invoice_id = await fresh(maker, 'invoices');
    await maker.create('invoice_items', 'min', { invoice_id, quantity: '1', unit_price: '100.00' });
    await maker.client.post(`/invoices/${invoice_id}/send`, {});
    return { invoice_id, payment_id: (await maker.create('payments', 'min', { amount: '50.00' })).record.id };
}

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
    // Each kind has settings that the others refuse; and what is required would be asked of all records that follow.
    custom_fields: () => ({ entity: 'lost_reasons', name: word(), kind: 'text', digits: 0, choices: undefined, target: undefined,
        is_required: false }),
    sequences: () => ({ name: word() }),
    schedule_resources: async (body, maker) => ({ schedule_id: await fresh(maker, 'schedules') }),
    campaign_members: async (body, maker) => ({ campaign_id: await fresh(maker, 'campaigns'),
        lead_id: await maker.some('leads'), contact_id: undefined }),
    // A seat, a unit, a lot and the like is given once.
    license_assignments: async (body, maker) => ({ license_id: await fresh(maker, 'licenses'),
        contact_id: await maker.some('contacts') }),
    rack_items: async (body, maker) => ({ rack_id: await fresh(maker, 'racks'), position: 1, height: 1 }),
    domains: () => ({ domain_name: `${word()}.example.com` }),
    project_members: async (body, maker) => ({ project_id: await fresh(maker, 'projects') }),
    commissions: async (body, maker) => ({ deal_id: await fresh(maker, 'deals') }),
    payment_allocations: async (body, maker) => ({ ...(await owed(maker)), credit_note_id: undefined, amount: '1.00',
        currency: undefined }),
    lot_features: async (body, maker) => ({ lot_id: await fresh(maker, 'lots') }),
    reservations: async (body, maker) => ({ lot_id: await fresh(maker, 'lots') }),
    journey_steps: async (body, maker) => ({ journey_id: await fresh(maker, 'journeys') }),
    journey_crew: async (body, maker) => ({ journey_id: await fresh(maker, 'journeys') }),
    crew_members: async (body, maker) => ({ crew_id: await fresh(maker, 'crews') }),
    equipment_assignments: async (body, maker) => ({ equipment_id: await fresh(maker, 'equipment'),
        journey_id: await maker.some('journeys') }),
    inventory_transactions: () => ({ type: 'purchase', quantity: 5 }),
    storage_bookings: async (body, maker) => ({ storage_unit_id: await fresh(maker, 'storage_units') }),
    sip_credentials: async (body, maker) => ({ user_id: await fresh(maker, 'users'), sip_ws_url: 'wss://pbx.example.com/ws' }),
};

export async function shape(entity, body, maker) {
    const own = SHAPES[entity];
    return own ? { ...body, ...(await own(body, maker)) } : body;
}
