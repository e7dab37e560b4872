/* property.c - Wattle & Stone: sells the land, houses and apartments of several estates, stage by stage. */
#include "app/demo/world.h"

static const struct demo_member people[] = {
    {"Eleanor Vasquez", "eleanor", "tenant_admin", "Director", 0},
    {"Rupert Allingham", "rupert", "supervisor", "Head of sales", 0},
    {"Jess Kowalczyk", "jess", "sales_agent", "Estate sales", 0},
    {"Amir Daoud", "amir", "sales_agent", "Estate sales", 1},
    {"Tilly Prentice", "tilly", "sales_agent", "Apartments", 0},
    {"Noor Hassan", "noor", "support_agent", "Buyer care", 0},
    {"Glenn Rafferty", "glenn", "technician", "Handover and defects", 1},
    {"Odile Marchand", "odile", "accountant", "Settlements", 0},
    {"Pat Lindgren", "pat", "dispatcher", "Inspections", 0},
    {"Curtis Webb", "curtis", "crew", "Display village", 1},
    {"Beth Ong", "beth", "read_only", "Investor", 0},
    {0},
};

static const char *const developer_deck[] = {
    "name|description|city",
    "Wattle & Stone Developments|Our own estates.|Geelong",
    "Barrabool Land Partners|Two farming families and a bank.|Ceres",
    "Corio Bay Living|Apartments on the water.|Geelong",
    NULL,
};

static const char *const development_deck[] = {
    "name|type|status|city|postal_code|description|+kind|is_featured|latitude|longitude",
    "Banksia Rise|land_subdivision|selling|Armstrong Creek|3217|Gentle slopes, a creek and a primary school in walking "
    "distance.|land|true|"
    "-38.2333|144.3667",
    "Quarry Hill Terraces|townhouses|under_construction|Highton|3216|Town houses around a garden "
    "square.|townhouse|false|-38.1712|144.3140",
    "Corio Quay|residential_apartments|selling|Geelong|3220|Apartments with a view of the bay, shops "
    "below.|apartment|true|-38.1420|144.3560",
    "Barrabool Meadows|house_and_land|selling|Ceres|3221|House and land, large gardens, fixed "
    "price.|house|false|-38.1610|144.2670",
    NULL,
};

static const char *const stage_deck[] = {
    "name|status|position|release_date",
    "Stage 1|sold_out|1|@now-300..-280d",
    "Stage 2|selling|2|@now-120..-100d",
    "Stage 3|upcoming|3|@now+40..60d",
    NULL,
};

static const char *const feature_deck[] = {
    "name|category|description",
    "Corner|land|Two streets.",
    "Park frontage|location|The park is over the road.",
    "North facing|land|Sun in the living room.",
    "Side access|outdoor|For a boat or a van.",
    "Solar panels|energy|On the roof.",
    "Title ready|land|Settles at once.",
    "Walk-in pantry|house|Behind the kitchen.",
    NULL,
};

static const char *const condition_deck[] = {
    "type|responsible|description|life",
    "finance|buyer|Approval of the loan.|satisfy+9..16d",
    "building_pest|buyer|Inspection of the building.|waive+4..9d",
    "sale|buyer|Sale of their present home.|satisfy+20..30d",
    "approval|seller|Council signs the plan.|-",
    NULL,
};

static const char *const product_deck[] = {
    "name|sku|type|category|unit|unit_price|unit_cost|+line",
    "Holding deposit|PR-HD|service|Sales|each|1000.00||property",
    "Contract preparation|PR-CP|service|Sales|each|880.00|420.00|property",
    "Upgrade of the kitchen|UP-KI|goods|Upgrades|each|9800.00|6900.00|property",
    "Landscaping package|UP-LA|goods|Upgrades|each|12400.00|9100.00|property",
    "Marketing of a resale|MK-RS|service|Sales|each|2650.00|900.00|commission",
    "Selling fee|SF-01|service|Fees|each|7700.00||commission",
    NULL,
};

/* What each kind measures, and what that costs. */
static const char *const land_deck[] = {
    "land_size|frontage|depth|price", "392|14|28|{214..229}500.00", "420|14|30|{226..241}000.00",
    "448|16|28|{238..252}500.00",     "512|16|32|{259..274}000.00", "576|18|32|{281..298}500.00",
    "640|20|32|{304..322}000.00",     NULL,
};
static const char *const townhouse_deck[] = {
    "land_size|frontage|depth|house_size|bedrooms|bathrooms|garage|price",
    "132|6|22|118|2|1|1|{598..616}000.00",
    "144|6|24|126|2|2|1|{622..641}500.00",
    "168|7|24|141|3|2|1|{664..683}000.00",
    "192|8|24|158|3|2|2|{702..728}500.00",
    NULL,
};
static const char *const house_deck[] = {
    "land_size|frontage|depth|house_size|bedrooms|bathrooms|garage|price",
    "714|21|34|198|3|2|2|{664..684}000.00",
    "736|23|32|214|4|2|2|{698..716}500.00",
    "768|24|32|236|4|2|2|{731..752}000.00",
    "792|22|36|258|5|3|3|{784..809}500.00",
    NULL,
};
static const char *const apartment_deck[] = {
    "house_size|bedrooms|bathrooms|garage|level|price",
    "54|1|1||{1..8}|{418..436}000.00",
    "78|2|1|1|{1..8}|{512..534}500.00",
    "86|2|2|1|{1..8}|{558..579}000.00",
    "112|3|2|2|{5..8}|{724..768}000.00",
    NULL,
};

#define LOT                                                                                                                      \
    "lot_number={stage_id.position}{k:2}", "type={stage_id.kind}", "land_price=", "house_price=", "street_number={k*2}",         \
        "street_name={@streets}", "land_size=", "house_size=", "frontage=", "depth=", "bedrooms=", "bathrooms=", "garage=",      \
        "aspect=north|north_east|east|south|west", "title_reference=PS {100000..999999}", "level=", "description=",              \
        "estimated_completion=@now+60..300d"
/* Of a kind: all of a stage that is sold out, some of one that is selling, none of one to come. */
#define LOTS(what, sizes)                                                                                                        \
    {"lots", .each = "stage_id", .only = "status=sold_out&kind=" what, .least = 9, .most = 12, .when = "stage_id+1..30d",        \
     .deck = sizes, .fields = WORDS(LOT, "sale_status=settled")},                                                                \
    {"lots", .each = "stage_id", .only = "status=selling&kind=" what, .least = 10, .most = 14, .when = "now-110..-100d",         \
     .lives = "-", .deck = sizes, .fields = WORDS(LOT, "sale_status=listed*6|hold|exchanged*3", "+again=no*5|yes")},             \
    {"lots", .each = "stage_id", .only = "status=upcoming&kind=" what, .least = 6, .most = 8, .when = "now-60..-50d",            \
     .deck = sizes, .fields = WORDS(LOT, "sale_status=")}

#define AGENT "role=sales_agent,supervisor"
#define SALE                                                                                                                     \
    "+for=lot", "title=Lot {lot_id.lot_number}, {lot_id.street_name}", "client_id=pick", "contact_id=pick",                      \
        "assigned_to_id=pick " AGENT, "pipeline_stage_id=pick name=Contract,Negotiation", "value={lot_id.price}",                \
        "type=project_sale", "location_id=", "expected_close_date=@+45..70d", "finance_due_date=@+21d",                          \
        "settlement_date=@+60..90d", "campaign_id=pick 30%"

static const struct demo_table tables[] = {
    {"developers", .fixed = true, .deck = developer_deck, .in_order = true, .when = "now-500..-480d",
     .fields =
         WORDS("contact_id=", "email=office@{slug:name}.example", "phone={phone}", "website=https://www.{slug:name}.example")},
    {"clients", .least = 34, .when = "now-420..-20d",
     .fields = WORDS("first_name={@first}", "last_name={@last}", "name={first_name} {last_name}",
                     "company_name=", "type=person", "status=active",
                     "email={slug:first_name}.{slug:last_name}{n}@post.example", "phone={phone}", "assigned_to_id=pick " AGENT,
                     "industry=", "website=", "source=Display village*3|Website*3|Sign at the road|Referral",
                     "tags=Buyer*4|Investor|First home")},
    {"contacts", .each = "client_id", .least = 1, .most = 1,
     .fields = WORDS("first_name={client_id.first_name}", "last_name={client_id.last_name}", "name={client_id.name}",
                     "title=", "contact_type=buyer", "email={client_id.email}", "phone={client_id.phone}", "is_primary=true",
                     "is_billing=true", "lead_id=", "preferred_method=phone*2|email*2|sms")},
    {"locations", .each = "client_id", .least = 1, .most = 1,
     .fields = WORDS("name=Present home", "contact_id=pick", "is_primary=true")},
    {"addresses", .each = "client_id", .least = 1, .most = 1,
     .fields = WORDS("name=Home", "type=billing*3|postal", "is_primary=true", "contact_id=pick")},
    {"products", .fixed = true, .deck = product_deck, .in_order = true, .when = "now-440..-430d",
     .fields = WORDS("tax_rate_id=pick is_default=true")},
    {"developments", .fixed = true, .deck = development_deck, .in_order = true, .when = "now-420..-400d",
     .fields = WORDS("developer_id=pick", "assigned_to_id=pick role=supervisor,sales_agent", "region=VIC", "country=Australia",
                     "start_date=@-60..20d", "estimated_completion=@now+100..500d", "website=https://www.{slug:name}.example",
                     "address_line1={10..200} {@streets}", "tags=Estate")},
    {"stages", .each = "development_id", .deck = stage_deck, .in_order = true,
     .fields = WORDS("description=", "+kind={development_id.kind}")},
    {"features", .fixed = true, .deck = feature_deck, .in_order = true, .when = "now-420..-400d"},
    LOTS("land", land_deck),
    LOTS("townhouse", townhouse_deck),
    LOTS("house", house_deck),
    LOTS("apartment", apartment_deck),
    {"lot_features", .each = "lot_id", .least = 0, .most = 2, .fields = WORDS("feature_id=pick", "detail=")},
    {"deals", .each = "lot_id", .only = "sale_status=settled", .least = 1, .most = 1, .when = "lot_id+6..95d",
     .lives = "close_won+30..70d", .fields = WORDS(SALE)},
    {"deals", .each = "lot_id", .only = "sale_status=exchanged", .least = 1, .most = 1, .when = "now-36..-16d",
     .fields = WORDS(SALE)},
    {"deals", .each = "client_id", .least = 0, .most = 1, .when = "now-120..-2d",
     .lives = "close_lost+12..50d*2|abandon+40..60d|-*2",
     .fields = WORDS("title={client_id.last_name}: {@deals}", "contact_id=pick", "assigned_to_id=pick " AGENT,
                     "pipeline_stage_id=pick", "value={290..720}000", "type=project_sale", "location_id=",
                     "expected_close_date=@+30..70d", ">lost_reason_id=pick", ">lost_notes={@losses}", "lot_id=")},
    {"deal_conditions", .each = "deal_id", .least = 1, .most = 2, .deck = condition_deck, .when = "deal_id+1..3d",
     .fields = WORDS("due_date=@+14..30d")},
    {"reservations", .each = "deal_id", .only = "for=lot", .least = 1, .most = 1, .when = "deal_id+1..20h",
     .lives = "confirm+1..2d lot_id.contract+5..12d =converted+1..3h lot_id.settle+40..80d",
     .fields = WORDS("lot_id==deal_id.lot_id", "client_id==deal_id.client_id", "contact_id==deal_id.contact_id",
                     "user_id==deal_id.assigned_to_id", "lead_id=", "expires_at=@+3d", "deposit_amount=1000.00",
                     ">deposit_paid_on={today}", "notes=")},
    {"reservations", .each = "lot_id", .only = "sale_status=hold", .least = 1, .most = 1, .when = "now-2..-1d",
     .lives = "confirm+2..20h|-",
     .fields = WORDS("contact_id=pick", "client_id==contact_id.client_id", "user_id=pick " AGENT,
                     "lead_id=", "deal_id=", "expires_at=@+3d", "deposit_amount=1000.00", ">deposit_paid_on={today}", "notes=")},
    {"reservations", .each = "lot_id", .only = "again=yes", .least = 1, .most = 1, .when = "now-95..-20d",
     .lives = "cancel+2..4d|=expired+3..4d",
     .fields = WORDS("contact_id=pick", "client_id==contact_id.client_id", "user_id=pick " AGENT,
                     "lead_id=", "deal_id=", "expires_at=@+3d", "deposit_amount=1000.00",
                     ">cancellation_reason=Bank said no|Found another lot", "notes=")},
    {0},
};

static const struct demo_list lists[] = {
    {"about", WORDS("clients", "leads", "lots", "deals", "developments")},
    {"pictured", WORDS("lots", "developments", "stages")},
    {"streets", WORDS("Banksia Way", "Lorikeet Street", "Saltbush Avenue", "Kingfisher Crescent", "Boobialla Drive",
                      "Quarry Lane", "Wetland Parade", "Heron Court")},
    {"quotes", WORDS("Upgrade package", "Landscaping of the front", "Kitchen as in the display home", "Contract and deposit")},
    {"deals", WORDS("looks for a corner lot", "wants house and land", "two bedrooms with a view", "investment near the station")},
    {"series", WORDS("Resale marketing, monthly")},
    {"campaigns", WORDS("Launch of Stage 3", "Open day at the display village", "First home buyers", "Investor evening")},
    {"notes",
     WORDS("Wants to walk the lot before signing.", "Pre-approval to 650,000 is there.", "Sells their present home first.",
           "Asked about the height limit next door.", "Would take two lots side by side.",
           "Prefers to settle after the school year.", "Came with the builder; slope is fine for them.")},
    {"tasks", WORDS("Send the contract", "Book the inspection", "Chase the finance approval", "Order the sold sticker",
                    "Call about the deposit", "Update the stage plan", "Send plans to the solicitor", "Arrange the handover")},
    {"subjects", WORDS("Your lot", "Plan of subdivision", "Invitation to the open day", "Finance date", "Settlement")},
    {"losses", WORDS("Finance was declined.", "Bought in another estate.", "Decided to stay.")},
    {0},
};

static const struct demo_town_of towns[] = {
    {"Geelong", "VIC", "3220", 3},     {"Armstrong Creek", "VIC", "3217", 3},
    {"Torquay", "VIC", "3228", 3},     {"Werribee", "VIC", "3030", 3},
    {"Ocean Grove", "VIC", "3226", 3}, {"Footscray", "VIC", "3011", 3},
    {"Ballarat", "VIC", "3350", 3},    {0},
};

const struct demo_business demo_property = {
    .name = "property",
    .packs = "sales,billing,property,messaging,insight",
    .tenant = "Wattle & Stone",
    .email = "sales@wattle-stone.example",
    .phone = "+61370101500",
    .website = "https://wattle-stone.example",
    .industry = "Property development",
    .timezone = "Australia/Melbourne",
    .people = people,
    .tables = tables,
    .lists = lists,
    .towns = towns,
    .branches = WORDS("Geelong|7 Malop Street|0", "Display village|1 Banksia Way|1"),
    .extra_role = "sales_agent",
    .extra_people = 1,
};
