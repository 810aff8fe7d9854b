# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

load ./ianaport.so
iana_service s
set port [iana_port_of NULL https $IANA_PROTO_ANY]
set count [iana_services_on NULL $port 6 s 1]
set status [iana_port_status NULL $port 6]
puts [list $port $count [s cget -name] [s cget -last_port] \
	[expr {$status == $IANA_STATUS_ASSIGNED ? "true" : "false"}]]
