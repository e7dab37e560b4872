/* tenant.c - tenants: the companies that use Tenon; each sees only its own rows. */
#include "app/core/check.h"
#include "base/decimal.h"
#include "base/json.h"
#include "core/entity.h"
#include "core/pack.h"

/* Company accounts are opened and closed by whoever runs Tenon, never from within one. */
static bool tenant_is_the_platforms(struct ctx *ctx, const struct change *change) {
    // A delete runs as the system, but for somebody.
    if ((ctx->actor->system && !ctx->actor->user_id) || (change->old && !change->deleting)) return true;
    return errors_add(&ctx->errors, 403, "forbidden", NULL,
                      "Company accounts are opened and closed by whoever runs this server.");
}

/* Only an administrator of the company changes its settings, and only those of their own company. */
static bool tenant_is_own(struct ctx *ctx, const struct change *change) {
    if (ctx->actor->system || (ctx->actor->admin && row_id(change->row) == ctx->tenant_id)) return true;
    return errors_add(&ctx->errors, 403, "forbidden", NULL, "Only an administrator may change the company's settings.");
}

/* The currency, country and time zone are ones that exist. */
static bool tenant_region(struct ctx *ctx, struct change *change) {
    struct str currency = row_text(change->row, "currency"), country = row_text(change->row, "country");
    bool good = check_zone(ctx, change, "timezone") && check_word(ctx, change, "slug", '-');
    if (currency_digits(currency) < 0)
        good = errors_add(&ctx->errors, 422, "unknown", "currency", "'%.*s' is no currency. Use three letters such as AUD.",
                          STR_ARG(currency));
    if (country.len != 2 || country.ptr[0] < 'A' || country.ptr[0] > 'Z' || country.ptr[1] < 'A' || country.ptr[1] > 'Z')
        good = errors_add(&ctx->errors, 422, "unknown", "country", "Use the country's two capital letters, such as AU.");
    return good;
}

static const struct json *demo_mark(struct ctx *ctx, const struct row *row, const char *key) {
    struct errors ignored = {.arena = ctx->arena};
    struct str settings = row ? row_text(row, "settings") : STR("");
    return settings.len ? json_get(json_parse(ctx->arena, settings, &ignored), str_of(key)) : NULL;
}

static bool same_mark(struct ctx *ctx, const struct change *change, const char *key) {
    const struct json *was = demo_mark(ctx, change->old, key), *is = demo_mark(ctx, change->row, key);
    return json_type(was) == json_type(is) && json_bool(was) == json_bool(is) && str_eq(json_text(was), json_text(is));
}

/* A demo company's people stand on the page where everybody signs in, so only the command that makes one may mark it. */
static bool tenant_demo(struct ctx *ctx, const struct change *change) {
    if (ctx->actor->system || !change_touches(change, "settings")) return true;
    if (same_mark(ctx, change, "demo") && same_mark(ctx, change, "demo_password")) return true;
    return errors_add(&ctx->errors, 422, "not_allowed", "settings", "demo and demo_password are set by tenon demo only.");
}

static bool tenant_before_save(struct ctx *ctx, struct change *change) {
    return tenant_is_the_platforms(ctx, change) && tenant_is_own(ctx, change) && tenant_demo(ctx, change) &&
           tenant_region(ctx, change);
}

static bool tenant_before_delete(struct ctx *ctx, struct change *change) {
    return tenant_is_the_platforms(ctx, change);
}

ENTITY(tenant) = {
    .name = "tenants", .one = N_("Company account"), .many = N_("Company accounts"), .pack = "core", .title = "name",
    .icon = "building", .hue = "blue", .flags = ENTITY_GLOBAL | ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("The company that uses Tenon: its name, region, currency and what it has switched on."),
    .fields = FIELDS(
        { "name",                N_("Name"),                F_TEXT(255), .flags = REQUIRED, .section = N_("Company") },
        { "slug",                N_("Short name"),          F_TEXT(63), .flags = READ_ONLY,
          .help = N_("Lower-case letters, digits and hyphens; stands in addresses.") },
        { "domain",              N_("Domain"),              F_TEXT(255),
          .help = N_("Your own domain, such as crm.example.com.") },
        { "email",               N_("E-mail"),              F_EMAIL },
        { "phone",               N_("Phone"),               F_PHONE },
        { "website",             N_("Website"),             F_URL },
        { "industry",            N_("Industry"),            F_TEXT(100) },
        { "tax_number",          N_("Tax number"),          F_TEXT(50), .help = N_("ABN, VAT or EIN; printed on documents.") },
        { "logo_key",            N_("Logo"),                F_TEXT(500), .flags = HIDDEN | READ_ONLY },
        { "timezone",            N_("Time zone"),           F_TEXT(64), .flags = REQUIRED, .initial = "UTC",
          .section = N_("Region"), .listed = "zones" },
        { "country",             N_("Country"),             F_TEXT(2), .flags = REQUIRED, .initial = "US",
          .listed = "countries", .help = N_("Phone numbers without + are read as local to it.") },
        { "currency",            N_("Currency"),            F_TEXT(3), .flags = REQUIRED, .initial = "USD",
          .listed = "currencies", .help = N_("New records start with it.") },
        { "fiscal_month",        N_("Fiscal year begins in"),
          F_CHOICE("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
                   "december"), .flags = REQUIRED, .initial = "january",
          .help = N_("Quarters are counted from it, and numbers that start again with each year do so then.") },
        { "fiscal_day",          N_("On its day"),          F_INT(1, 28), .flags = REQUIRED, .initial = "1",
          .help = N_("1 to 28, the days that every month has.") },
        { "language",            N_("Language"),            F_TEXT(10), .flags = REQUIRED, .initial = "en" },
        { "packs",               N_("Packs"),
          F_CHOICES(PACK_NAMES),
          .initial = "sales", .section = N_("Features"), .help = N_("The parts of Tenon that your people see.") },
        { "retention_days",      N_("Keep deleted records"), F_INT(1, 3650), .flags = REQUIRED, .initial = "90",
          .help = N_("Days until a deleted record is gone for good.") },
        { "settings",            N_("Settings"),            F_JSON("object") },
        { "status",              N_("Status"),              F_CHOICE("active", "suspended", "closed"),
          HUES("green", "amber", "gray"), .flags = READ_ONLY, .initial = "active", .section = N_("Subscription") },
        { "plan_id",             N_("Plan"),                F_REF("plans", RESTRICT), .flags = READ_ONLY },
        { "subscription_status", N_("Subscription"),        F_CHOICE("trial", "active", "past_due", "inactive", "cancelled"),
          HUES("cyan", "green", "amber", "gray", "gray"), .flags = READ_ONLY, .initial = "trial" },
        { "trial_ends_at",       N_("Trial ends"),          F_TIME, .flags = READ_ONLY },
        { "set_up_to",           N_("Set up to"),           F_INT(0, 1000000), .flags = HIDDEN | READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("slug"), UNIQUE("domain")),
    .list = "name status subscription_status created_at", .search = "name slug", .sort = "name",
    .before_save = tenant_before_save, .before_delete = tenant_before_delete,
};
