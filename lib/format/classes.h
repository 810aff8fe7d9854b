/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_CLASSES_H
#define IAP_CLASSES_H

#include "layout.h"

/* The classes of records, in the order of answers. An enum may be signed. */
enum iap_class {
	IAP_CLASS_LOCAL, IAP_CLASS_MOVED, IAP_CLASS_REGISTERED, IAP_CLASS_ADDED,
	IAP_CLASSES
};

static inline unsigned
iap_class_of(unsigned flags)
{
	if (flags & IAP_LOCAL)
		return IAP_CLASS_LOCAL;
	if (flags & IAP_MOVED)
		return IAP_CLASS_MOVED;
	return flags & IAP_ADDED ? IAP_CLASS_ADDED : IAP_CLASS_REGISTERED;
}

#endif
