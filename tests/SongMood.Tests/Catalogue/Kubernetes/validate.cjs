// Checks objects of the Kubernetes API, a JSON array on the standard input, against the API's own schemas, from which the npm package
// kubernetes-models is generated. Prints what is wrong, an object a line.
for (const each of JSON.parse(require("fs").readFileSync(0, "utf8"))) {
    const { [each.kind]: Kind } = require(`kubernetes-models/${each.apiVersion}`);
    try {
        new Kind(each).validate();
    } catch (error) {
        console.log(`${each.kind} ${each.metadata.name}: ${error.message}`);
    }
}
