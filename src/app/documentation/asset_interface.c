/* asset_interface.c - interfaces: the network ports of an asset, and what each is plugged into. */
#include "core/entity.h"

ENTITY(asset_interface) = {
    .name = "asset_interfaces", .one = N_("Interface"), .many = N_("Interfaces"), .pack = "documentation", .title = "name",
    .icon = "link", .hue = "teal",
    .help = N_("A network port of an asset, and what it is plugged into."),
    .fields = FIELDS(
        { "name",            N_("Name"),         F_TEXT(100), .flags = REQUIRED, .help = N_("Such as eth0 or port 12.") },
        { "asset_id",        N_("Asset"),        F_REF("assets", CASCADE), .flags = REQUIRED },
        { "type",            N_("Type"),         F_CHOICE("ethernet", "fibre", "wifi", "virtual", "management", "other"),
          HUES("blue", "violet", "cyan", "gray", "amber", "gray"), .initial = "ethernet" },
        { "mac_address",     N_("MAC address"),  F_TEXT(17) },
        { "network_id",      N_("Network"),      F_REF("networks", SET_NULL), .section = N_("Address") },
        { "ip_address",      N_("IP address"),   F_TEXT(45) },
        { "is_dhcp",         N_("By DHCP"),      F_BOOL, .initial = "false" },
        { "is_primary",      N_("Main"),         F_BOOL, .initial = "false", .help = N_("By which the asset is reached.") },
        { "connected_to_id", N_("Plugged into"), F_REF("asset_interfaces", SET_NULL), .section = N_("Cabling") },
        { "speed_mbps",      N_("Speed"),        F_INT(0, 10000000), .unit = "Mbit/s" },
        { "notes",           N_("Notes"),        F_TEXT(2000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("asset_id name"), INDEX("network_id ip_address"), INDEX("name"), INDEX("created_at")),
    .list = "name asset_id type ip_address mac_address network_id connected_to_id", .filter = "asset_id network_id type",
    .search = "name ip_address mac_address", .sort = "name", .parent = "asset_id",
    .exclusive = "is_primary", .exclusive_in = "asset_id",
};
