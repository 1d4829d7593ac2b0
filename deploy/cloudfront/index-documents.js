// A CloudFront function for viewer requests (runtime cloudfront-js-2.0): S3 knows no index documents behind CloudFront.
// /chapters/x/ is the file /chapters/x/index.html; /chapters/x, which has no ending, is sent to /chapters/x/.
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri.endsWith("/")) {
    request.uri = uri + "index.html";
    return request;
  }
  if (uri.slice(uri.lastIndexOf("/")).includes(".")) return request;
  var query = Object.keys(request.querystring).flatMap((name) => {
    var one = request.querystring[name];
    return (one.multiValue || [one]).map((each) => (each.value === "" ? name : name + "=" + each.value));
  });
  return {
    statusCode: 301,
    statusDescription: "Moved Permanently",
    headers: {location: {value: uri + "/" + (query.length > 0 ? "?" + query.join("&") : "")}},
  };
}
