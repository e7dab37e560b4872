/* query_params.c - a request's parameters into a query: only declared names, each fault told by its parameter's name. */
#include "core/query.h"

#include "core/registry.h"
#include "core/when.h"

static const struct {
    const char *name;
    enum op op;
} op_names[] = {{"eq", OP_EQ},    {"ne", OP_NE}, {"lt", OP_LT},   {"lte", OP_LTE},           {"gt", OP_GT},
                {"gte", OP_GTE},  {"in", OP_IN}, {"has", OP_HAS}, {"contains", OP_CONTAINS}, {"starts", OP_STARTS},
                {"within", OP_WITHIN}, {"null", OP_NULL}};

const char *query_op_name(enum op op) {
    for (size_t i = 0; i < sizeof op_names / sizeof *op_names; i++)
        if (op_names[i].op == op) return op_names[i].name;
    return "";
}

bool query_op_find(struct str name, enum op *op) {
    for (size_t i = 0; i < sizeof op_names / sizeof *op_names; i++)
        if (str_eqc(name, op_names[i].name)) {
            *op = op_names[i].op;
            return true;
        }
    return false;
}

/* "filter[score][gte]" -> "score", "gte". */
static bool split_filter(struct str name, struct str *field, struct str *op) {
    name = str_slice(name, STR("filter[").len, name.len);
    ptrdiff_t close = str_index(name, ']');
    if (close <= 0) return false;
    *field = str_slice(name, 0, (size_t)close);
    struct str rest = str_slice(name, (size_t)close + 1, name.len);
    *op = STR("");
    if (!rest.len) return true;
    if (rest.len < 3 || rest.ptr[0] != '[' || rest.ptr[rest.len - 1] != ']') return false;
    *op = str_slice(rest, 1, rest.len - 1);
    return true;
}

static bool visible(const struct field *f) { return f && f->stored && !(f->flags & HIDDEN); }

/* One value of a filter; "me" stands for the asking user where users are referenced. A value that its kind refuses is a wrong
 * parameter, not a record that is not valid. */
static bool parse_one(struct query *q, const struct field *f, struct str text, struct value *out) {
    if (f->to && str_eqc(f->to->name, "users") && str_eqc(text, "me")) {
        *out = value_int(q->ctx->actor->user_id);
        return true;
    }
    if (kind_parse(f, &q->ctx->env, text, out, &q->ctx->errors)) return true;
    q->ctx->errors.last->status = 400;
    return false;
}

/* An empty value asks for records that have none, or with "ne" for those that have one. */
static bool empty_filter(struct query *q, struct query_filter *filter, const char *shown) {
    if (filter->op != OP_EQ && filter->op != OP_NE && filter->op != OP_HAS)
        return errors_add(&q->ctx->errors, 400, "empty_filter", shown, "The filter names no value.");
    filter->value = value_int(filter->op != OP_NE);
    filter->op = OP_NULL;
    return query_filter_add(q, filter);
}

static bool parse_span(struct query *q, struct query_filter *filter, struct str word) {
    struct when_span span;
    struct ctx *ctx = q->ctx;
    if (!when_span(filter->field, &ctx->env, word, &span)) {
        struct buf words = buf_new(ctx->arena, 256);
        for (int i = 0; when_word(i); i++) buf_printf(&words, "%s%s", i ? ", " : "", when_word(i));
        return errors_add(&ctx->errors, 400, "bad_value", filter->field->decl->name, "Within is one of %.*s.",
                          STR_ARG(buf_str(&words)));
    }
    struct value *values = arena_array(ctx->arena, struct value, 2);
    values[0] = value_int(span.from);
    values[1] = value_int(span.to);
    filter->value = value_text(word);
    filter->values = values;
    filter->value_count = 2;
    return true;
}

static bool parse_list(struct query *q, struct query_filter *filter, struct str list) {
    int n = 1;
    for (size_t i = 0; i < list.len; i++) n += list.ptr[i] == ',';
    if (n > 500)
        return errors_add(&q->ctx->errors, 400, "too_many_values", filter->field->decl->name,
                          "At most 500 values in one filter.");
    struct value *values = arena_array(q->ctx->arena, struct value, (size_t)n);
    struct str part;
    while (str_split(&list, ',', &part)) {
        if (!part.len) continue;
        if (!parse_one(q, filter->field, str_trim(part), &values[filter->value_count])) return false;
        filter->value_count++;
    }
    filter->op = OP_IN;
    filter->values = values;
    if (!filter->value_count)
        return errors_add(&q->ctx->errors, 400, "empty_filter", filter->field->decl->name, "The filter names no value.");
    return true;
}

static bool add_filter(struct query *q, struct str name, struct str value) {
    struct errors *errors = &q->ctx->errors;
    struct str field_name, op_name;
    if (!split_filter(name, &field_name, &op_name))
        return errors_add(errors, 400, "bad_filter", str_cstr(q->ctx->arena, name),
                          "A filter is written filter[field]=value or filter[field][op]=value.");
    const struct field *f = entity_field(q->entity, field_name);
    const char *shown = str_cstr(q->ctx->arena, field_name);
    if (!visible(f))
        return errors_add(errors, 400, "unknown_field", shown, "%s have no field '%s' to filter by.", q->entity->decl->many,
                          shown);
    struct query_filter filter = {.field = f, .op = OP_EQ};
    if (op_name.len && !query_op_find(op_name, &filter.op))
        return errors_add(errors, 400, "unknown_operator", shown, "There is no filter operator '%.*s'.", STR_ARG(op_name));
    if (filter.op == OP_NULL) {
        if (!str_eqc(value, "true") && !str_eqc(value, "false"))
            return errors_add(errors, 400, "bad_filter", shown, "The operator 'null' takes true or false.");
        filter.value = value_int(str_eqc(value, "true"));
        return query_filter_add(q, &filter);
    }
    bool listable = f->kind->ops & OPS(OP_IN);
    if (!op_name.len && !(f->kind->ops & OPS(OP_EQ)) && f->kind->ops & OPS(OP_HAS)) filter.op = OP_HAS;
    if (!(f->kind->ops & OPS(filter.op)))
        return errors_add(errors, 400, "bad_operator", shown, "'%s' cannot be filtered by '%s'.", f->decl->label,
                          query_op_name(filter.op));
    if (!value.len) return empty_filter(q, &filter, shown);
    if (filter.op == OP_IN || (!op_name.len && listable && str_index(value, ',') >= 0)) {
        if (!parse_list(q, &filter, value)) return false;
    } else if (filter.op == OP_WITHIN) {
        if (!parse_span(q, &filter, value)) return false;
    } else if (filter.op == OP_CONTAINS || filter.op == OP_STARTS || filter.op == OP_HAS) {
        filter.value = value_text(value);
    } else if (!parse_one(q, f, value, &filter.value)) return false;
    return query_filter_add(q, &filter);
}

static bool set_sort(struct query *q, struct str value) {
    struct str part;
    q->sort_count = 0;
    while (str_split(&value, ',', &part)) {
        bool descending = part.len && part.ptr[0] == '-';
        struct str name = descending ? str_slice(part, 1, part.len) : part;
        const struct field *f = entity_field(q->entity, name);
        if (!visible(f) || !f->kind->sortable)
            return errors_add(&q->ctx->errors, 400, "unknown_field", "sort", "%s cannot be sorted by '%.*s'.",
                              q->entity->decl->many, STR_ARG(name));
        if (q->sort_count == QUERY_MAX_SORT)
            return errors_add(&q->ctx->errors, 400, "too_many_fields", "sort", "At most %d fields to sort by.", QUERY_MAX_SORT);
        q->sort[q->sort_count++] = (struct query_sort_key){f, descending};
    }
    return true;
}

static bool set_fields(struct query *q, struct str value) {
    struct str part;
    while (str_split(&value, ',', &part)) {
        const struct field *f = entity_field(q->entity, part);
        if (q->entity->custom >= 0 && f == &q->entity->fields[q->entity->custom]) {
            for (int i = q->entity->field_count - q->entity->custom_count; i < q->entity->field_count; i++)
                field_set_add(&q->fields, i);
        } else if (!visible(f))
            return errors_add(&q->ctx->errors, 400, "unknown_field", "fields", "%s have no field '%.*s'.", q->entity->decl->many,
                              STR_ARG(part));
        field_set_add(&q->fields, f->index);
    }
    return true;
}

/* "client" or "client_id" includes the record that client_id points to. */
static bool set_include(struct query *q, struct str value) {
    struct str part;
    while (str_split(&value, ',', &part)) {
        const struct field *f = entity_field(q->entity, part);
        if (!f) f = entity_field(q->entity, str_printf(q->ctx->arena, "%.*s_id", STR_ARG(part)));
        if (!visible(f) || !f->to)
            return errors_add(&q->ctx->errors, 400, "unknown_field", "include", "%s have no reference '%.*s'.",
                              q->entity->decl->many, STR_ARG(part));
        if (q->include_count == (int)(sizeof q->includes / sizeof *q->includes))
            return errors_add(&q->ctx->errors, 400, "too_many_fields", "include", "At most 8 references to include.");
        q->includes[q->include_count++] = f;
    }
    return true;
}

static bool set_limit(struct query *q, struct str value) {
    int64_t n;
    if (!str_to_int(value, &n) || n < 1 || n > QUERY_MAX_LIMIT)
        return errors_add(&q->ctx->errors, 400, "out_of_range", "limit", "The limit is a number from 1 to %d.", QUERY_MAX_LIMIT);
    q->limit = (int)n;
    return true;
}

bool query_param(struct query *q, struct str name, struct str value, bool *known) {
    *known = true;
    if (str_starts(name, STR("filter["))) return add_filter(q, name, value);
    if (str_eqc(name, "sort")) return set_sort(q, value);
    if (str_eqc(name, "limit")) return set_limit(q, value);
    if (str_eqc(name, "fields")) return set_fields(q, value);
    if (str_eqc(name, "include")) return set_include(q, value);
    if (str_eqc(name, "cursor")) q->cursor = value;
    else if (str_eqc(name, "q")) {
        if (value.len > 200) return errors_add(&q->ctx->errors, 400, "too_long", "q", "Search for at most 200 characters.");
        q->search = value;
    } else if (str_eqc(name, "count")) {
        if (!str_eqc(value, "exact")) return errors_add(&q->ctx->errors, 400, "bad_value", "count", "The only count is 'exact'.");
        q->count = true;
    } else if (str_eqc(name, "trash")) {
        if (!str_eqc(value, "true")) return errors_add(&q->ctx->errors, 400, "bad_value", "trash", "The only value is 'true'.");
        q->only_deleted = q->entity->deleted_at >= 0;
    } else *known = false;
    return true;
}
