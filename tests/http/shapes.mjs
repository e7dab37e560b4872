// shapes.mjs - what the rules of single entities ask of a record beyond its fields' kinds, for the records that tests make.
//
// shape(entity, body, maker, size) returns the body to send. Only what a rule demands stands here; see the rule's own test for
// the rule.
export async function shape(entity, body) {
    const own = SHAPES[entity];
    return own ? { ...body, ...own(body) } : body;
}

const SHAPES = {};
