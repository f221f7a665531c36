# Reads a callgrind dump of `repeats` calls and prints, for each group of source code, the instructions of one call.
# With -v detail=1: for each file or libc function instead.

function group(file, name) {
  if (name ~ /malloc|free|operator (new|delete)|tcache|unlink_chunk|sbrk|counting::/ || file ~ /counting\.hpp/) return "malloc and free"
  if (name ~ /mem(cpy|move|set|chr|cmp|rchr)|str(len|chr|pbrk|cspn|spn|tod)/) return "copying and searching bytes (libc)"
  if (file ~ /glaze\/|fast_float|nlohmann/) return "the JSON library"
  if (file ~ /adapters\/ghl\//) return "ghl: the adapter"
  if (match(file, /include\/ghl\/.*/)) return "ghl: " substr(file, RSTART + 8)
  if (file ~ /tests\/bench\//) return "the null transport and the loop of the benchmark"
  if (file ~ /\/c\+\+\//) return "the standard library (strings, vectors)"
  return "other libc and loader"
}
function named(text,   id) {  # "(12) name" defines, "(12)" refers
  match(text, /\([0-9]+\)/)
  id = substr(text, RSTART, RLENGTH)
  return id
}
/^fl=/ { k = named($0); if (match($0, /\) /)) files[k] = substr($0, RSTART + 2); own = here = k; next }
/^(fi|fe)=/ { k = named($0); if (match($0, /\) /)) files[k] = substr($0, RSTART + 2); here = k; next }
/^fn=/ { k = named($0); if (match($0, /\) /)) names[k] = substr($0, RSTART + 2); fn = k; here = own; next }
/^cfn=/ { k = named($0); if (match($0, /\) /)) names[k] = substr($0, RSTART + 2); next }
/^(cfi|cfl)=/ { k = named($0); if (match($0, /\) /)) files[k] = substr($0, RSTART + 2); next }
/^calls=/ { getline; next }
/^[0-9+*-]/ {
  g = group(files[here], names[fn])
  if (detail) g = g "\t" files[here] "\t" names[fn]
  sum[g] += $2
}
END { for (g in sum) if (sum[g] / repeats >= 0.5) printf "%.0f\t%s\n", sum[g] / repeats, g }
