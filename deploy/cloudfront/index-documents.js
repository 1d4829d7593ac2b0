// A CloudFront function for viewer requests (runtime cloudfront-js-2.0): behind CloudFront, S3 has no index documents.
// /chapters/x/ is the file /chapters/x/index.html; /chapters/x, which has no ending, is redirected to /chapters/x/.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const {request} = event;
  const {uri, querystring} = request;
  if (uri.endsWith("/")) {
    request.uri = `${uri}index.html`;
    return request;
  }
  if (uri.slice(uri.lastIndexOf("/")).includes(".")) return request;
  const query = Object.keys(querystring).flatMap((name) => {
    const {value, multiValue} = querystring[name];
    return (multiValue || [{value}]).map((one) => (one.value === "" ? name : `${name}=${one.value}`));
  });
  return {
    statusCode: 301,
    statusDescription: "Moved Permanently",
    // Two leading slashes would name another host.
    headers: {location: {value: `${uri.replace(/^[/\\]+/, "/")}/${query.length > 0 ? `?${query.join("&")}` : ""}`}},
  };
}
