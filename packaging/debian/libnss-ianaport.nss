services last ianaport
