# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
# Completion of ianaport(1) for fish.

set -l subcommands search free list annotate export diff map help
set -l query "not __fish_seen_subcommand_from $subcommands"
set -l rows "not __fish_seen_subcommand_from annotate export diff map help"

complete -c ianaport -f
complete -c ianaport -s r -l registry -rF -d 'Ask this registry'
complete -c ianaport -s h -l help -d 'How it is used'
complete -c ianaport -s V -l version -d 'Version, and date of the registry'
complete -c ianaport -n $rows -s l -l long -d 'All that the registry says'
complete -c ianaport -n $rows -l json -d 'Every column, as JSON'
complete -c ianaport -n $rows -l tsv -d 'Every column, with tabs'
complete -c ianaport -n $rows -l port -d 'Nothing but the port'
complete -c ianaport -n $rows -l name -d 'Nothing but the name'

complete -c ianaport -n __fish_use_subcommand -a search -d 'Services by words'
complete -c ianaport -n __fish_use_subcommand -a free -d 'Ports nobody has'
complete -c ianaport -n __fish_use_subcommand -a list -d 'Services of a kind'
complete -c ianaport -n __fish_use_subcommand -a annotate -d 'Ports in a text'
complete -c ianaport -n __fish_use_subcommand -a export -d 'For other programs'
complete -c ianaport -n __fish_use_subcommand -a diff -d 'Two registries'
complete -c ianaport -n __fish_use_subcommand -a map -d 'All ports as a picture'
complete -c ianaport -n __fish_use_subcommand -a help -d 'How one is used'
complete -c ianaport -n $query \
    -a '(ianaport --name -- (commandline -ct)"*" 2>/dev/null)'

set -l free "__fish_seen_subcommand_from free"
complete -c ianaport -n $free -l proto -xa 'tcp udp sctp dccp'
complete -c ianaport -n $free -l range -xa 'system user'
complete -c ianaport -n $free -l count -x -d 'How many'
complete -c ianaport -n $free -l near -x -d 'The nearest first'
complete -c ianaport -n $free -l run -x -d 'So many in a row'
complete -c ianaport -n $free -l local -d 'Not what this machine listens on'
set -l list "__fish_seen_subcommand_from list"
complete -c ianaport -n $list -l proto -xa 'tcp udp sctp dccp none'
complete -c ianaport -n $list -l range -xa 'system user dynamic'
complete -c ianaport -n $list -l status \
    -xa 'assigned reserved unassigned dynamic'
complete -c ianaport -n $list -l origin -xa 'iana conventional local'
complete -c ianaport -n "__fish_seen_subcommand_from annotate" -l replace \
    -d 'The name in the place of the number'
complete -c ianaport -n "__fish_seen_subcommand_from export" -l format \
    -xa 'services csv json nftables wireshark nmap'
complete -c ianaport -n "__fish_seen_subcommand_from map" -l html \
    -d 'A page rather than a picture'
complete -c ianaport -n "__fish_seen_subcommand_from diff" -F -a built-in
complete -c ianaport -n "__fish_seen_subcommand_from help" -a "$subcommands"
