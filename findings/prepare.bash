# Sourced by every finding: a folder of its own, a Node that is new enough, and the comparison.
#
#   install NAME@VERSION...      installs exactly these packages
#   program <<'JS' ... JS        writes the program, an ES module
#   expected <<'TEXT' ... TEXT   runs it and compares what it prints

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '{"private":true}\n' > package.json

install() {
  local packages=("$@")
  new_enough || packages+=("$(packaged_node)@24.21.0")
  npm install --no-audit --no-fund --silent --save-exact --ignore-scripts "${packages[@]}"
  new_enough || PATH="$folder/node_modules/$(packaged_node)/bin:$PATH"
}

# Several of the packages need Node 22.18.
new_enough() {
  node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 22 || (major === 22 && minor >= 18) ? 0 : 1);
  '
}

packaged_node() {
  node -p '"node-" + process.platform + "-" + process.arch'
}

program() {
  cat > program.mjs
}

expected() {
  cat > expected.txt
  node --no-warnings program.mjs > seen.txt
  if diff -u expected.txt seen.txt; then
    printf 'as stated\n'
  else
    printf '%s: no longer as stated\n' "$(basename "$0")" >&2
    exit 1
  fi
}
