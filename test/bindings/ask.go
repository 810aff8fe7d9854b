// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The libianaport authors

package main

// #include <ianaport.h>
import "C"
import "fmt"

func main() {
	var s C.struct_iana_service
	port := C.iana_port_of(nil, C.CString("https"), C.IANA_PROTO_ANY)
	count := C.iana_services_on(nil, port, 6, &s, 1)
	fmt.Println(port, count, C.GoString(s.name), s.last_port,
		C.iana_port_status(nil, port, 6) == C.IANA_STATUS_ASSIGNED)
}
