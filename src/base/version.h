/* version.h - the version of this program, as --version, /openapi.json and the documentation tell it (semver.org). */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define TENON_VERSION "0.1.0"

#endif
