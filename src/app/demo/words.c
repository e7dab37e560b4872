/* words.c - the demo's vocabulary: an Australian solar company, whom it employs and whom it sells to. */
#include "app/demo/words.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

const struct demo_branch demo_branches[] = {
    {"Melbourne", "40 Plenty Road", "Preston", "VIC", "3072", "+61370101000"},
    {"Geelong", "112 Fyans Street", "South Geelong", "VIC", "3220", "+61355501200"},
    {"Sydney", "8 Burroway Road", "Wentworth Point", "NSW", "2127", "+61270101300"},
    {"Brisbane", "27 Breakfast Creek Road", "Newstead", "QLD", "4006", "+61770101400"},
};
const int demo_branch_count = COUNT(demo_branches);

const struct demo_person demo_people[] = {
    {"Nora Fernhill", "nora", "tenant_admin", "Managing director", 0, false},
    {"Priya Raman", "priya", "supervisor", "Head of sales", 0, true},
    {"Tom Aldous", "tom", "sales_agent", "Commercial sales", 0, true},
    {"Mei Castellanos", "mei", "sales_agent", "Commercial sales", 2, true},
    {"Jonah Whitlock", "jonah", "sales_agent", "Residential sales", 1, true},
    {"Ruth Adeyemi", "ruth", "sales_agent", "Residential sales", 3, true},
    {"Sione Latu", "sione", "support_agent", "Customer care", 0, false},
    {"Kirra Walsh", "kirra", "technician", "Service electrician", 1, false},
    {"Dario Conti", "dario", "accountant", "Accounts", 0, false},
    {"Bec Nguyen", "bec", "dispatcher", "Installation planner", 2, false},
    {"Hamish Boyd", "hamish", "crew", "Installer", 2, false},
    {"Ingrid Solheim", "ingrid", "read_only", "Board member", 0, false},
};
const int demo_person_count = COUNT(demo_people);

const struct demo_company demo_companies[] = {
    {"Meridian Cold Chain", "Stuart Pell", "Operations manager", 500, 0, 642000, "Industrial"},
    {"Fitzallan Foundry", "Bernard Kolk", "Owner", 380, 0, 486000, "Industrial"},
    {"Tidewater Ice Rink", "Marguerite Sands", "General manager", 320, 100, 412000, "Leisure"},
    {"Corryong Timber Mill", "Lachie Hume", "Mill manager", 290, 0, 365500, "Industrial"},
    {"Coldstream Dairy Co-op", "Frances Okonjo", "Operations director", 240, 200, 318400, "Agribusiness"},
    {"Brightwater Aquaculture", "Ines Duarte", "Site manager", 190, 150, 297000, "Agribusiness"},
    {"Dunmore Textiles", "Colette Marsh", "Plant manager", 210, 0, 274000, "Industrial"},
    {"Bellbird Packaging", "Hugh Sandover", "Managing director", 180, 0, 236500, "Industrial"},
    {"Oakhaven Aged Care", "Malcolm Teo", "Facilities manager", 150, 100, 201750, "Health"},
    {"Kingfisher Brewing", "Dana Holt", "Head brewer", 80, 120, 172300, "Hospitality"},
    {"Marrow & Vine Winery", "Eloise Garnier", "Estate manager", 99, 120, 164900, "Agribusiness"},
    {"Hargrave Self Storage", "Imran Sheikh", "Owner", 110, 0, 138600, "Retail"},
    {"Ashgrove Medical Centre", "Noor Aziz", "Practice principal", 54, 60, 96500, "Health"},
    {"St Brendan's Primary", "Joan Treacy", "Business manager", 60, 0, 78200, "Education"},
    {"Sandpiper Motel", "Gil Renshaw", "Owner", 40, 30, 67400, "Hospitality"},
    {"Lindqvist Joinery", "Per Lindqvist", "Owner", 45, 0, 58900, "Industrial"},
    {"Port Ellery Surf Club", "Kirra Dunlop", "President", 30, 0, 41300, "Leisure"},
    {"Palisade Gym", "Rhys Donovan", "Owner", 28, 0, 36200, "Leisure"},
    {"Greenacre Nursery", "Sunita Pillai", "Owner", 25, 0, 33750, "Agribusiness"},
    {"Rosella Early Learning", "Tess Mbeki", "Director", 22, 0, 28900, "Education"},
    {"Yarrabend Community Hall", "Peter Osgood", "Treasurer", 18, 0, 24600, "Community"},
    {"Wattle Street Physio", "Anneke Voss", "Owner", 15, 0, 19800, "Health"},
};
const int demo_company_count = COUNT(demo_companies);

const struct demo_town demo_towns[] = {
    {"Coldstream", "VIC", "3770", 3, 0},   {"Healesville", "VIC", "3777", 3, 0},  {"Warragul", "VIC", "3820", 3, 0},
    {"Bendigo", "VIC", "3550", 3, 0},      {"Shepparton", "VIC", "3630", 3, 0},   {"Wangaratta", "VIC", "3677", 3, 0},
    {"Mildura", "VIC", "3500", 3, 0},      {"Traralgon", "VIC", "3844", 3, 0},    {"Ballarat", "VIC", "3350", 3, 1},
    {"Colac", "VIC", "3250", 3, 1},        {"Torquay", "VIC", "3228", 3, 1},      {"Warrnambool", "VIC", "3280", 3, 1},
    {"Hamilton", "VIC", "3300", 3, 1},     {"Ocean Grove", "VIC", "3226", 3, 1},  {"Wagga Wagga", "NSW", "2650", 2, 2},
    {"Orange", "NSW", "2800", 2, 2},       {"Dubbo", "NSW", "2830", 2, 2},        {"Tamworth", "NSW", "2340", 2, 2},
    {"Parramatta", "NSW", "2150", 2, 2},   {"Penrith", "NSW", "2750", 2, 2},      {"Albury", "NSW", "2640", 2, 2},
    {"Griffith", "NSW", "2680", 2, 2},     {"Goulburn", "NSW", "2580", 2, 2},     {"Newcastle", "NSW", "2300", 2, 2},
    {"Toowoomba", "QLD", "4350", 7, 3},    {"Ipswich", "QLD", "4305", 7, 3},      {"Bundaberg", "QLD", "4670", 7, 3},
    {"Gympie", "QLD", "4570", 7, 3},       {"Caboolture", "QLD", "4510", 7, 3},   {"Nambour", "QLD", "4560", 7, 3},
    {"Mount Gambier", "SA", "5290", 8, 1}, {"Murray Bridge", "SA", "5253", 8, 1},
};
const int demo_town_count = COUNT(demo_towns);

const char *const demo_first_names[] = {
    "Aisha",  "Alan",    "Amelia",  "Andrew",   "Anh",     "Arjun",   "Beatriz", "Ben",    "Bridget", "Callum", "Carmel",
    "Chen",   "Chloe",   "Craig",   "Daniel",   "Deepa",   "Diane",   "Dimitri", "Elena",  "Emily",   "Ethan",  "Fatima",
    "Fiona",  "Gareth",  "George",  "Grace",    "Hannah",  "Harriet", "Hugo",    "Ian",    "Isla",    "Jack",   "Jasmine",
    "Joel",   "Karen",   "Kevin",   "Lachlan",  "Leilani", "Liam",    "Linh",    "Lucia",  "Luke",    "Maeve",  "Manpreet",
    "Marco",  "Maria",   "Matilda", "Mohammed", "Natasha", "Neil",    "Nikolai", "Olivia", "Oscar",   "Paolo",  "Phoebe",
    "Rachel", "Raj",     "Rebecca", "Robert",   "Rosa",    "Samir",   "Sarah",   "Sofia",  "Stephen", "Tamara", "Thomas",
    "Uma",    "Vanessa", "Wei",     "William",  "Yasmin",  "Zoe",
};
const int demo_first_name_count = COUNT(demo_first_names);

const char *const demo_last_names[] = {
    "Abbott",   "Ahmed",        "Andersson", "Baker",   "Barnes",    "Bianchi",   "Blackwood", "Brennan", "Burke",
    "Campbell", "Carter",       "Chan",      "Clarke",  "Cooper",    "Costa",     "Cowan",     "Daly",    "Das",
    "Davies",   "Doyle",        "Dimitriou", "Edwards", "Evans",     "Farrell",   "Fernando",  "Fisher",  "Foley",
    "Fraser",   "Gallagher",    "Gibson",    "Graham",  "Greco",     "Gupta",     "Haddad",    "Hall",    "Harris",
    "Hayes",    "Hoang",        "Hughes",    "Ibrahim", "Jackson",   "Jovanovic", "Kaur",      "Kelly",   "Khan",
    "Kowalski", "Lawson",       "Le",        "Lim",     "Macdonald", "Marino",    "Martin",    "Mason",   "McBride",
    "Mitchell", "Moore",        "Morris",    "Murphy",  "Murray",    "Nair",      "Nelson",    "Novak",   "O'Brien",
    "Okafor",   "Papadopoulos", "Park",      "Patel",   "Pereira",   "Perry",     "Petrov",    "Pham",    "Quinn",
    "Reid",     "Rossi",        "Russell",   "Ryan",    "Santos",    "Schmidt",   "Scott",     "Sharma",  "Silva",
    "Singh",    "Stewart",      "Sullivan",  "Suzuki",  "Taylor",    "Thompson",  "Tran",      "Turner",  "Van Dyk",
    "Walker",   "Wallace",      "Watson",    "White",   "Williams",  "Wilson",    "Wong",      "Wright",  "Young",
    "Zhang",
};
const int demo_last_name_count = COUNT(demo_last_names);

const char *const demo_trades[] = {
    "Veterinary Clinic",
    "Bakery",
    "Steel Fabrication",
    "Cabinets",
    "Dental",
    "Orchards",
    "Caravan Park",
    "Hardware",
    "Meatworks",
    "Cold Stores",
    "Engineering",
    "Motor Group",
    "Bowls Club",
    "Primary School",
    "Pharmacy",
    "Printing",
    "Removals",
    "Stockfeeds",
    "Concrete",
    "Furniture",
    "Brewery",
    "Cellars",
    "Physio",
    "Golf Club",
    "Medical Centre",
    "Supermarket",
    "Aged Care",
    "Distillery",
    "Plumbing Supplies",
    "Hotel",
    "Sports Centre",
    "Dairy",
    "Poultry",
    "Wool Store",
    "Boat Builders",
    "Tyres",
    "Nursery",
    "Library",
    "Community Centre",
    "Laundry",
};
const int demo_trade_count = COUNT(demo_trades);

const char *const demo_streets[] = {
    "High Street",      "Station Road",     "Creamery Road", "Victoria Street",  "Church Street",
    "Mill Lane",        "Main Road",        "Queen Street",  "Bridge Street",    "Railway Parade",
    "Wattle Grove",     "Banksia Drive",    "Acacia Road",   "Murray Street",    "Princes Highway",
    "Industrial Drive", "Showgrounds Road", "Beach Road",    "Kurrajong Avenue", "Market Street",
};
const int demo_street_count = COUNT(demo_streets);

const char *const demo_titles[] = {
    "Owner",           "Director",     "Operations manager", "Facilities manager", "Office manager",
    "General manager", "Site manager", "Business manager",   "Treasurer",          "Finance manager",
};
const int demo_title_count = COUNT(demo_titles);

const char *const demo_notes[] = {
    "Wants the battery split out as an option so the board can approve stage one first.",
    "Roof is Klip-lok, north at 8 degrees, about 3,100 square metres. Switchboard needs an upgrade.",
    "Sent the last twelve months of bills. Peak demand is on weekday afternoons, so west-facing panels pay.",
    "Asked for two customers of about the same size whom they can call.",
    "Landlord has to consent in writing. They will send the lease clause.",
    "Comparing three quotes; price matters less than who does the service afterwards.",
    "The grant closes at the end of the quarter, so they need the proposal with time to spare.",
    "Structural engineer says the purlins are fine for another 14 kg a square metre.",
    "Happy with payback at 4.1 years. Finance wants terms from two lenders.",
    "Had a bad experience with a cheap inverter; warranty terms come first.",
    "Decision is with the committee, which meets on the first Monday of the month.",
    "Interested in charging points for six cars in the second stage.",
    "Would rather lease than buy. Send the numbers for both.",
    "Network operator limits export to 30 kW at this address. Explained what that means for the yield.",
    "Lovely people. The dog does not like ladders.",
    "Site has three-phase 400 A. Meter is in the old pump shed.",
};
const int demo_note_count = COUNT(demo_notes);

const char *const demo_calls[] = {
    "Introduction and a first look at their bills",
    "Went through the proposal line by line",
    "Asked how the board meeting went",
    "Arranged the site visit",
    "Talked about the battery and backup",
    "Questions about the feed-in tariff",
    "Left a message and will try again",
    "Warranty and service after installation",
};
const int demo_call_count = COUNT(demo_calls);

const char *const demo_outcomes[] = {
    "Interested", "Wants a proposal", "Call back", "No answer", "Site visit booked", "Needs time", "Waiting for finance",
};
const int demo_outcome_count = COUNT(demo_outcomes);

const char *const demo_next_steps[] = {
    "Call back",
    "Send proposal",
    "Site visit",
    "Review with owner",
    "Ask for bills",
    "Send references",
    "Follow up on finance",
    "Confirm roof drawings",
    "Chase landlord consent",
    "Contract",
};
const int demo_next_step_count = COUNT(demo_next_steps);

const char *const demo_losses[] = {
    "Went with a cheaper quote.",
    "Roof needs replacing first; perhaps in two years.",
    "Project is on hold until the new budget.",
    "Landlord did not consent.",
    "They are moving to another site.",
    "Chose their usual electrician.",
};
const int demo_loss_count = COUNT(demo_losses);

const char *const demo_tasks[] = {
    "Send revised yield report", "Prepare proposal",        "Order structural report", "Check network export limit",
    "Book site visit",           "Call the finance broker", "Collect interval data",   "Send warranty documents",
    "Draw single-line diagram",  "Confirm crane access",
};
const int demo_task_count = COUNT(demo_tasks);
