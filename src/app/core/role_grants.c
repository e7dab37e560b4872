/* role_grants.c - the roles that every tenant starts with, and what each allows. A tenant may change all but tenant_admin. */
#include <stddef.h>

#include "core/access.h"

const struct builtin_role builtin_roles[] = {
    {"tenant_admin", N_("Administrator"), N_("May do everything, also settings, users and roles.")},
    {"supervisor", N_("Supervisor"), N_("Leads the sales and support teams: sees and changes all of their records.")},
    {"sales_agent", N_("Sales agent"), N_("Works on their own leads and on their clients.")},
    {"support_agent", N_("Support agent"), N_("Helps clients: sees all of them, writes notes and tasks.")},
    {"technician", N_("Technician"), N_("Works at clients' sites and on their own tasks.")},
    {"accountant", N_("Accountant"), N_("Sees all clients and keeps their billing details.")},
    {"dispatcher", N_("Dispatcher"), N_("Plans the work of their own branch.")},
    {"crew", N_("Crew"), N_("Does the work: sees their own tasks and where to go.")},
    {"read_only", N_("Read only"), N_("Sees business records and changes nothing.")},
    {NULL, NULL, NULL},
};

/* What everybody who signs in may look up, so that pages can name owners, branches, statuses and tags. */
#define LOOKUPS "tenants users roles tags lead_statuses lead_sources"
/* ALL of a child's rows (notes, activities, contacts, sites) still means: of the parents that one may see. */
/* What anybody keeps for themselves. */
#define PERSONAL "saved_views import_mappings"
#define SALES "leads lead_activities sales_activities clients contacts addresses locations notes tasks files"

const struct role_grant role_grants[] = {
    {"tenant_admin", "*", "*", SCOPE_ALL},

    {"supervisor", LOOKUPS, "read", SCOPE_ALL},
    {"supervisor", SALES, "read create update delete export approve", SCOPE_ALL},
    {"supervisor", "lead_statuses lead_sources tags", "create update delete", SCOPE_ALL},
    {"supervisor", PERSONAL, "read create update delete", SCOPE_ALL},
    {"supervisor", "audit_logs", "read", SCOPE_OWN},
    {"supervisor", "sessions api_keys import_runs", "read", SCOPE_OWN},

    {"sales_agent", LOOKUPS " locations", "read", SCOPE_ALL},
    {"sales_agent", "leads", "read create update delete export", SCOPE_OWN},
    {"sales_agent", "lead_activities", "read create", SCOPE_ALL},
    {"sales_agent", "sales_activities", "read", SCOPE_CLIENT},
    {"sales_agent", "sales_activities", "create update delete", SCOPE_OWN},
    {"sales_agent", "clients contacts addresses", "read create update export", SCOPE_CLIENT},
    {"sales_agent", "notes files", "read create", SCOPE_ALL},
    {"sales_agent", "notes files", "update delete", SCOPE_OWN},
    {"sales_agent", "tasks", "read create update delete export", SCOPE_OWN},
    {"sales_agent", "tags", "create", SCOPE_ALL},
    {"sales_agent", PERSONAL, "read create update delete", SCOPE_OWN},
    {"sales_agent", "sessions api_keys import_runs", "read", SCOPE_OWN},

    {"support_agent", LOOKUPS " locations clients contacts addresses", "read", SCOPE_ALL},
    {"support_agent", "contacts addresses locations", "create update", SCOPE_ALL},
    {"support_agent", "notes files", "read create", SCOPE_ALL},
    {"support_agent", "notes files", "update delete", SCOPE_OWN},
    {"support_agent", "tasks", "read create update delete export", SCOPE_OWN},
    {"support_agent", PERSONAL, "read create update delete", SCOPE_OWN},
    {"support_agent", "sessions api_keys import_runs", "read", SCOPE_OWN},

    {"technician", LOOKUPS " locations clients contacts addresses", "read", SCOPE_ALL},
    {"technician", "notes files", "read create", SCOPE_ALL},
    {"technician", "notes files", "update delete", SCOPE_OWN},
    {"technician", "tasks", "read create update", SCOPE_OWN},
    {"technician", PERSONAL, "read create update delete", SCOPE_OWN},
    {"technician", "sessions import_runs", "read", SCOPE_OWN},

    {"accountant", LOOKUPS " locations clients contacts addresses", "read", SCOPE_ALL},
    {"accountant", "clients contacts addresses", "update export", SCOPE_ALL},
    {"accountant", "addresses", "create delete", SCOPE_ALL},
    {"accountant", "notes files", "read create", SCOPE_ALL},
    {"accountant", "notes files", "update delete", SCOPE_OWN},
    {"accountant", "tasks", "read create update delete", SCOPE_OWN},
    {"accountant", PERSONAL, "read create update delete", SCOPE_OWN},
    {"accountant", "sessions api_keys import_runs", "read", SCOPE_OWN},

    {"dispatcher", LOOKUPS " locations", "read", SCOPE_ALL},
    {"dispatcher", "leads clients", "read", SCOPE_LOCATION},
    {"dispatcher", "clients", "update", SCOPE_LOCATION},
    {"dispatcher", "contacts addresses", "read", SCOPE_ALL},
    {"dispatcher", "notes files", "read create", SCOPE_ALL},
    {"dispatcher", "notes files", "update delete", SCOPE_OWN},
    {"dispatcher", "tasks", "read create update delete", SCOPE_ALL},
    {"dispatcher", PERSONAL, "read create update delete", SCOPE_OWN},
    {"dispatcher", "sessions import_runs", "read", SCOPE_OWN},

    {"crew", LOOKUPS, "read", SCOPE_ALL},
    {"crew", "locations", "read", SCOPE_LOCATION},
    {"crew", "tasks", "read update", SCOPE_OWN},
    {"crew", "notes", "read create", SCOPE_OWN},
    {"crew", "sessions import_runs", "read", SCOPE_OWN},

    {"read_only", LOOKUPS, "read", SCOPE_ALL},
    {"read_only", SALES, "read", SCOPE_ALL},
    {"read_only", "saved_views", "read create update delete", SCOPE_OWN},
    {"read_only", "sessions import_runs", "read", SCOPE_OWN},

    {NULL, NULL, NULL, SCOPE_NONE},
};
