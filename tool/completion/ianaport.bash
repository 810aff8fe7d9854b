# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
# Completion of ianaport(1) for bash.

_ianaport() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local command='' name i
	local output='-l --long --json --tsv --port --name'
	local words='-r --registry -h --help -V --version'
	local subcommands='search free list annotate export diff map help'

	COMPREPLY=()
	# Options may stand before a subcommand.
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-r|--registry) ((++i)) ;;
		--|[!-]*) command=${COMP_WORDS[i]}; break ;;
		esac
	done
	case $prev in
	-r|--registry)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return ;;
	--proto)
		words='tcp udp sctp dccp'
		[ "$command" = free ] || words="$words none" ;;
	--range)
		words='system user'
		[ "$command" = free ] || words="$words dynamic" ;;
	--status) words='assigned reserved unassigned dynamic' ;;
	--origin) words='iana conventional local' ;;
	--format) words='services csv json nftables wireshark nmap' ;;
	--count|--near|--run) return ;;
	*)
		case $command in
		search) words="$words $output" ;;
		free) words="$words $output --proto --range --count --near \
			--run --local" ;;
		list) words="$words $output --proto --range --status --origin" ;;
		annotate) words="$words --replace" ;;
		export) words="$words --format" ;;
		map) words="$words --html" ;;
		help) words="$words $subcommands" ;;
		diff)
			mapfile -t COMPREPLY < <(compgen -f -W built-in \
				-- "$cur") ;;
		*)
			words="$words $output"
			[ -n "$command" ] || words="$words $subcommands"
			;;
		esac
		case $command,$cur in
		diff,*|search,*|free,*|list,*|annotate,*|export,*|map,*|help,*)
			;;
		*,|*,-*) ;;
		*)	# Quoted: a registry may have any name, and compgen -W
			# would expand it.
			while IFS= read -r name; do
				[[ $name != "$cur"* ]] ||
					COMPREPLY+=("$(printf %q "$name")")
			done < <("${COMP_WORDS[0]}" --name -- "$cur*" \
				2>/dev/null) ;;
		esac ;;
	esac
	[ -n "$cur" ] || [ "$COMP_CWORD" -gt 1 ] || words=$subcommands
	mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY \
		< <(compgen -W "$words" -- "$cur")
}
complete -F _ianaport ianaport
