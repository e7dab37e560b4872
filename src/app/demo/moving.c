/* moving.c - Long Haul & Daughters: moves households and offices, with crews, trucks, boxes and storage. */
#include "app/demo/world.h"

static const struct demo_member people[] = {
    {"Josephine Haul", "josephine", "tenant_admin", "Owner", 0},
    {"Mick Turnbull", "mick", "supervisor", "Operations manager", 0},
    {"Asha Pillay", "asha", "sales_agent", "Estimates", 0},
    {"Connor Bligh", "connor", "sales_agent", "Estimates", 1},
    {"Greta Lund", "greta", "support_agent", "Customer care", 0},
    {"Vito Esposito", "vito", "technician", "Fleet mechanic", 0},
    {"Helen Sumner", "helen", "accountant", "Accounts", 0},
    {"Des Okoro", "des", "dispatcher", "Dispatch", 0},
    {"Kahu Rangi", "kahu", "crew", "Foreman", 0},
    {"Ravi Menon", "ravi", "crew", "Driver", 0},
    {"Tyler Moss", "tyler", "crew", "Mover", 0},
    {"Sven Dahl", "sven", "crew", "Foreman", 0},
    {"Abel Tadesse", "abel", "crew", "Driver", 0},
    {"Finn Gallagher", "finn", "crew", "Mover", 0},
    {"Leilani Fa'asavalu", "leilani", "crew", "Foreman", 1},
    {"Bruno Castro", "bruno", "crew", "Driver", 1},
    {"Jarrah Wilson", "jarrah", "crew", "Mover", 1},
    {"Maude Winter", "maude", "read_only", "Insurer", 0},
    {0},
};

#define OF_CREW "pick fresh&role=crew&location_id.name={crew_id.base}&job_title="
static const char *const member_deck[] = {
    "role|user_id", "foreman|=crew_id.lead_id", "driver|" OF_CREW "Driver", "mover|" OF_CREW "Mover", NULL,
};
static const char *const crew_deck[] = {
    "name|+base|+plate|color|+truck",
    "Blue crew|Brisbane|714LHD|#3b82f6|there",
    "Red crew|Brisbane|715LHD|#dc2626|there",
    "Green crew|Southport|716LHD|#16a34a|there",
    NULL,
};

static const char *const equipment_deck[] = {
    "name|type|+base|manufacturer|model|license_plate|capacity|purchase_price|+plate",
    "Truck 14|truck|Brisbane|Isara|NQR 26|714LHD|26 ft|118000.00|714LHD",
    "Truck 15|truck|Brisbane|Isara|NQR 26|715LHD|26 ft|121000.00|715LHD",
    "Truck 16|truck|Southport|Hinoko|500|716LHD|30 ft|139000.00|716LHD",
    "Trailer 2|trailer|Brisbane|Brimar|Box 14|TR2LHD|14 ft|16400.00|",
    "Forklift|forklift|Brisbane|Yaler|GP 25||2.5 t|34500.00|",
    "Piano dolly|dolly|Brisbane|Rollwell|P4||400 kg|620.00|",
    "Straps, set of 24|straps|Brisbane|Tiefast|24|||480.00|",
    "Blankets, 60|blankets|Southport|Softpack|60|||900.00|",
    NULL,
};

static const char *const care_deck[] = {
    "type|description|cost|labor_hours",
    "preventive|Service: oil, filters, brakes checked|{380..720}.00|3.50",
    "inspection|Yearly roadworthy inspection|{180..240}.00|1.50",
    "corrective|New tyres on the rear axle|{1200..1900}.00|2.00",
    "corrective|Tail lift hydraulics|{600..1400}.00|4.00",
    NULL,
};

static const char *const item_deck[] = {
    "name|category|sku|min_quantity|unit_cost|unit_price|supplier",
    "Book box|Boxes|BX-S|80|1.10|3.20|Cartons Direct",
    "Tea chest box|Boxes|BX-L|80|2.20|5.40|Cartons Direct",
    "Wardrobe box|Boxes|BX-W|20|7.60|16.00|Cartons Direct",
    "Packing tape|Packing|TP-48|60|1.35|3.90|Cartons Direct",
    "Bubble wrap, 50 m|Packing|BW-50|12|18.00|36.00|Softpack",
    "Packing paper, 10 kg|Packing|PP-10|15|21.00|39.00|Softpack",
    "Mattress cover|Packing|MC-Q|20|4.10|9.50|Softpack",
    NULL,
};

static const char *const stock_deck[] = {
    "type|quantity|reference",        "purchase|400|Opening order", "sale|-{12..40}|Move", "sale|-{6..30}|Move",
    "damage|-{1..4}|Wet in the yard", "purchase|{40..120}|Reorder", "sale|-{10..40}|Move", NULL,
};

static const char *const source_deck[] = {
    "name|description|price",
    "Own website|The form for a quote.|0.00",
    "Mover Market|A broker; pays out monthly.|85.00",
    "Estate agents|Agents of the inner suburbs.|40.00",
    "Repeat customers|They moved with us before.|0.00",
    NULL,
};

static const char *const unit_deck[] = {
    "type|size_class|size_sqm|monthly_rate", "room|small|4.5|120.00",  "room|medium|9|210.00", "room|large|14|310.00",
    "container|large|14.5|280.00",           "locker|small|1.5|45.00", "pod|medium|7|165.00",  NULL,
};

static const char *const plan_deck[] = {
    "name|plan_type|monthly_rate|billing_day|description|features",
    "Small and simple|basic|120.00|1|Up to five square metres.|[\"Alarm\"]",
    "Household|standard|210.00|1|Two bedrooms.|[\"Alarm\", \"Camera\", \"Insurance to 10,000\"]",
    "Whole house|premium|310.00|1|Three and more.|[\"Alarm\", \"Camera\", \"Insurance to 30,000\", \"Two visits\"]",
    NULL,
};

static const char *const step_deck[] = {
    "name|estimated_minutes|needs_photo|needs_approval|checklist|+life",
    "Check the truck|15|false|false|[\"Lights\", \"Tyres\", \"Blankets counted\"]|start complete+20..35m",
    "Walk through the home|20|true|false|[\"Inventory\", \"Damage noted\"]|start complete+20..35m",
    "Load|120|true|false|[\"Fragile last\"]|start complete+20..35m",
    "Drive|45|false|false|[]|start complete+20..35m",
    "Unload|100|false|false|[\"Rooms as labelled\"]|start complete+20..35m",
    "Customer signs|10|false|true|[\"Signature\"]|start complete+5..9m approve+10..30m",
    NULL,
};

static const char *const entry_deck[] = {
    "type|text|tag|+wait",
    "status_update|Left the yard.||5..15m",
    "note|Lift is booked until eleven, we hurry.|delay|40..70m",
    "note|Small scratch on the wardrobe was there before, photo taken.|damage|80..100m",
    "status_update|All in, on the road.||150..170m",
    "note|Customer made us tea. Happy.|feedback|260..280m",
    NULL,
};

static const char *const product_deck[] = {
    "name|sku|type|category|unit|unit_price|unit_cost|+line",
    "Truck and two movers|MV-2|service|Moving|hour|165.00|92.00|moving_services",
    "Truck and three movers|MV-3|service|Moving|hour|220.00|128.00|moving_services",
    "Packing by two|PK-2|service|Packing|hour|120.00|70.00|packing_services",
    "Box set, two bedrooms|BX-2B|goods|Packing|each|189.00|84.00|packing_services",
    "Piano|SP-PI|service|Specialty|each|380.00|150.00|specialty_services",
    "Transit insurance|IN-TR|service|Insurance|each|145.00|96.00|insurance",
    "Storage, a month|ST-M|subscription|Storage|month|210.00|60.00|storage_services",
    NULL,
};

#define EQUIPMENT                                                                                                                \
    "location_id=pick name={base}", "status=active", "year={2016..2024}", "purchase_date=@-100..1500d", "depreciation_rate=15",  \
        "maintenance_interval_days=180", "odometer_km={20000..190000}", "registration_expires_on=@now+20..300d",                 \
        "insurance_expires_on=@now+20..300d", "assigned_to_id=", "serial_number={hex:4}-{10000..99999}"
#define PLACE "{1..190} {@streets}, {@suburbs}"

static const struct demo_table tables[] = {
    {"clients", .least = 44, .when = "now-300..-15d",
     .fields = WORDS("first_name={@first}", "last_name={@last}", "company_name=", "name={first_name} {last_name}", "type=person",
                     "status=active", "email={slug:first_name}.{slug:last_name}{n}@post.example", "phone={phone}",
                     "assigned_to_id=pick role=sales_agent", "industry=", "website=", "source=Website*3|Referral*2|Estate agent",
                     "tags=|Piano|Storage|Stairs")},
    {"contacts", .each = "client_id", .least = 1, .most = 1,
     .fields = WORDS("first_name={client_id.first_name}", "last_name={client_id.last_name}", "name={client_id.name}",
                     "title=", "contact_type=client", "email={client_id.email}", "phone={client_id.phone}", "is_primary=true",
                     "is_billing=true", "lead_id=", "preferred_method=phone*2|sms*2|email")},
    {"locations", .each = "client_id", .least = 1, .most = 1,
     .fields = WORDS("name=Old home", "contact_id=pick", "is_primary=true")},
    {"addresses", .each = "client_id", .least = 1, .most = 1,
     .fields = WORDS("name=Home", "type=billing*3|postal", "is_primary=true", "contact_id=pick")},
    {"products", .fixed = true, .deck = product_deck, .in_order = true, .when = "now-340..-330d",
     .fields = WORDS("tax_rate_id=pick is_default=true")},
    {"move_sources", .fixed = true, .deck = source_deck, .in_order = true, .when = "now-340..-330d",
     .fields = WORDS("status=active", "email=desk@{slug:name}.example", "phone={phone}", "website=", "external_id=")},
    {"billing_plans", .fixed = true, .deck = plan_deck, .in_order = true, .when = "now-340..-330d"},
    {"crews", .least = 3, .deck = crew_deck, .in_order = true, .when = "now-340..-330d",
     .fields = WORDS("name=Crew {n}", "+base=Brisbane", "+plate=X{n}LHD", "+truck=more", "location_id=pick name={base}",
                     "lead_id=pick fresh&role=crew&job_title=Foreman&location_id.name={base}")},
    {"crew_members", .each = "crew_id", .deck = member_deck, .in_order = true, .fields = WORDS("joined_on={today}")},
    {"equipment", .fixed = true, .deck = equipment_deck, .in_order = true, .when = "now-340..-330d",
     .fields = WORDS(EQUIPMENT)},
    {"equipment", .each = "+crews", .only = "truck=more", .least = 1, .most = 1, .when = "now-340..-330d",
     .fields = WORDS("name=Truck {n}", "type=truck", "+base={parent.base}", "+plate={parent.plate}", "license_plate={plate}",
                     "manufacturer=Isara", "model=NQR 26", "capacity=26 ft", "purchase_price=121000.00", EQUIPMENT)},
    {"equipment_maintenance", .each = "equipment_id", .least = 1, .most = 3, .deck = care_deck, .when = "now-200..-3d",
     .fields = WORDS("performed_by_id=pick role=technician", "performed_at=@+0m", "next_due_date=@+150..190d",
                     "odometer_km={20000..190000}")},
    {"inventory_items", .fixed = true, .deck = item_deck, .in_order = true, .when = "now-330..-320d",
     .fields =
         WORDS("location_id=pick name=Brisbane", "max_quantity=900", "barcode=93{10000000000..99999999999}",
               "supplier_email=orders@{slug:supplier}.example", "supplier_phone={phone}", "supplier_contact={@first} {@last}")},
    {"inventory_transactions", .each = "inventory_item_id", .deck = stock_deck, .in_order = true,
     .when = "inventory_item_id+20..40d*", .fields = WORDS("transacted_at=@+0m", "journey_id=")},
    {"storage_units", .least = 26, .deck = unit_deck, .when = "now-330..-320d", .lives = "-",
     .fields = WORDS("unit_number={n:3}", "location_id=pick", "+taken=yes*5|soon|no*3", "floor={0..2}",
                     "features=alarm, camera*3|alarm, camera, drive_up|climate_control, alarm", "access_code={1000..9999}")},
    {"storage_bookings", .each = "storage_unit_id", .only = "taken=yes", .least = 1, .most = 1, .when = "now-200..-2d",
     .lives = "move_in+1..3h storage_unit_id.=occupied+1m",
     .fields = WORDS("client_id=pick", "billing_plan_id=pick", "monthly_rate={storage_unit_id.monthly_rate}",
                     "start_date={today}", "end_date=|@now+20..160d", "journey_id=")},
    {"storage_bookings", .each = "storage_unit_id", .only = "taken=soon", .least = 1, .most = 1, .when = "now-9..-2d",
     .lives = "storage_unit_id.=reserved+1m",
     .fields = WORDS("client_id=pick", "billing_plan_id=pick", "monthly_rate={storage_unit_id.monthly_rate}",
                     "start_date=@now+2..12d", "end_date=@now+60..160d", "journey_id=")},
    {"journeys", .each = "+crews", .least = 42, .most = 42, .when = "planned_start_at-4..15d",
     .lives = "start+0..20m arrive+30..60m complete+5..6h audit+1..2d*14|cancel+1..2m", .begin = "planned_start_at",
     .fields = WORDS("+origin=@now-38D", "planned_start_at=@origin+1D*", "planned_end_at=@planned_start_at+7..8h",
                     "date=@planned_start_at+0m", "client_id=pick location_id.name={parent.base}", "contact_id=pick",
                     "location_id==parent.location_id",
                     "move_type=local*5|long_distance|office|storage",
                     "move_size=studio|one_bedroom*3|two_bedrooms*4|three_bedrooms*2|office", "move_source_id=pick",
                     "dispatcher_id=pick role=dispatcher", "pickup_address=" PLACE, "delivery_address=" PLACE,
                     "pickup_notes={@access}", "delivery_notes=", "distance_km={4..70}", "estimated_minutes={240..420/30}",
                     "+hundreds={7..24}", "estimated_cost={hundreds}00.00", "actual_cost={hundreds}{10..90/10}.00",
                     "quote_id=pick 40%&location_id.name={parent.base}", "priority=normal*6|high|low",
                     ">cancellation_reason=Settlement was put off|Found friends to help", "notes=")},
    {"journey_crew", .each = "journey_id", .copy = "crew_members parent", .begin = "journey_id.start",
     .lives = "arrive+30..50m complete+5..6h",
     .fields = WORDS("user_id==from.user_id", "crew_id==from.crew_id", "role={from.role}",
                     "starts_at={journey_id.planned_start_at}", "ends_at={journey_id.planned_end_at}")},
    {"equipment_assignments", .each = "journey_id", .least = 1, .most = 1, .begin = "journey_id.complete",
     .lives = "complete+10..40m",
     .fields = WORDS("equipment_id=pick type=truck&plate={journey_id.parent.plate}", "user_id=",
                     "starts_at={journey_id.planned_start_at}", "ends_at={journey_id.planned_end_at}", "purpose=Move")},
    {"journey_steps", .each = "journey_id", .deck = step_deck, .in_order = true, .begin = "journey_id.start+45..50m*",
     .fields = WORDS("position={k}")},
    {"step_activities", .each = "journey_step_id", .least = 1, .most = 1, .when = "journey_step_id.complete-1..9m",
     .fields = WORDS("type=checklist*3|note|timer|approval", "content={\"done\": true}", "done_at=@+0m",
                     "media_id=", "duration_seconds={60..900}")},
    {"journey_entries", .each = "journey_id", .least = 2, .most = 5, .deck = entry_deck, .in_order = true,
     .when = "journey_id.start+50..60m*",
     .fields = WORDS("happened_at=@+0m", "user_id=pick role=crew", "media_id=", "latitude=-27.{400000..599999}",
                     "longitude=153.{000100..099999}")},
    {"media", .each = "+journeys", .least = 1, .most = 1, .when = "parent.arrive+200..280m",
     .fields = WORDS("subject_type=journeys", "subject_id==parent", "title=Loaded", "media_type=photo",
                     "file_name=loaded-{n}.png", "mime_type=image/png", "file_size=1", "storage_key=1", "width=240", "height=160",
                     "taken_at=@+0m", "tag=completed")},
    {"media", .each = "+journeys", .least = 1, .most = 1, .when = "parent.arrive+285..298m",
     .fields = WORDS("subject_type=journeys", "subject_id==parent", "title=Signature", "media_type=signature",
                     "file_name=signature-{n}.png", "mime_type=image/png", "file_size=1", "storage_key=1", "width=240",
                     "height=160", "taken_at=@+0m")},
    {"schedules", .each = "journey_id", .least = 1, .most = 1, .begin = "journey_id.start", .lives = "start+1..2m complete+5..6h",
     .fields = WORDS("title=Move of {journey_id.client_id.name}", "type=journey", "crew_id==journey_id.parent",
                     "location_id==journey_id.location_id", "date={journey_id.date}", "starts_at={journey_id.planned_start_at}",
                     "ends_at={journey_id.planned_end_at}", "user_id=", "priority=normal")},
    {"schedule_resources", .each = "schedule_id", .least = 1, .most = 1,
     .fields = WORDS("equipment_id=pick type=truck&plate={schedule_id.journey_id.parent.plate}", "quantity=1")},
    {"mobile_sessions", .each = "user_id", .only = "role=crew", .least = 1, .most = 1, .when = "now-60..-40d",
     .fields = WORDS("device_name=Phone {n}", "device_id={hex:16}", "device_type=phone*4|tablet", "app_version=1.4",
                     "os_version=Android 14", "last_active_at=@now-1..9h", "last_sync_at=@now-1..9h", "location_id=pick")},
    {"mobile_updates", .each = "mobile_session_id", .least = 2, .most = 4, .when = "now-20..-1d",
     .fields =
         WORDS("user_id==mobile_session_id.user_id", "journey_id=", "update_type=step|photo|place", "idempotency_key={hex:20}",
               "content={\"queued\": true}", "status=applied*8|failed", "happened_at=@+0m", "applied_at=@+3..40m")},
    {0},
};

static const struct demo_list lists[] = {
    {"about", WORDS("clients", "clients", "journeys", "leads", "equipment")},
    {"suburbs", WORDS("Paddington", "New Farm", "Toowong", "West End", "Coorparoo", "Chermside", "Southport", "Burleigh Heads",
                      "Robina", "Wynnum")},
    {"access", WORDS("Third floor, lift booked.", "Stairs, no lift.", "Park in the drive.", "Narrow street, small truck.",
                     "Dog in the yard.", "")},
    {"quotes", WORDS("Two bedrooms across town", "Office move at the weekend", "Three bedrooms, packed by us",
                     "Piano and some boxes", "Studio")},
    {"deals",
     WORDS("Office move in spring", "Household, interstate", "Storage for half a year", "Retirement village, whole floor")},
    {"series", WORDS("Storage, monthly")},
    {"campaigns", WORDS("End of lease season", "Estate agents breakfast", "Spring storage offer", "Refer a neighbour")},
    {"notes", WORDS("Wants the piano moved last.", "Keys are with the agent.", "Settlement at noon; be there by one.",
                    "Two cats; shut the bathroom.", "Asked for the same crew as last time.",
                    "Fragile glass cabinet, take the big blankets.", "Old truck park is closed, use the lane.")},
    {"tasks", WORDS("Call to confirm the day", "Order wardrobe boxes", "Book the lift", "Send the estimate", "Check the claim",
                    "Renew the registration", "Bring boxes before the move", "Ask for a review")},
    {"subjects", WORDS("Your moving day", "Boxes are on the way", "How was your move?", "Your estimate", "Your storage unit")},
    {0},
};

static const struct demo_town_of towns[] = {
    {"Brisbane", "QLD", "4000", 7},
    {"Southport", "QLD", "4215", 7},
    {"Ipswich", "QLD", "4305", 7},
    {"Redcliffe", "QLD", "4020", 7},
    {"Logan", "QLD", "4114", 7},
    {"Cleveland", "QLD", "4163", 7},
    {0},
};

const struct demo_business demo_moving = {
    .name = "moving",
    .packs = "sales,billing,moving,messaging,insight",
    .tenant = "Long Haul & Daughters",
    .email = "hello@longhaul.example",
    .phone = "+61770101700",
    .website = "https://longhaul.example",
    .industry = "Moving",
    .timezone = "Australia/Brisbane",
    .people = people,
    .tables = tables,
    .lists = lists,
    .towns = towns,
    .branches = WORDS("Brisbane|88 Kingsford Smith Drive|0", "Southport|5 Minnie Street|1"),
    .extra_role = "crew",
    .extra_people = 9,
};
