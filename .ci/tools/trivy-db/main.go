// Makes a vulnerability database of one invented entry for scans in tests, since the real one is
// not a package that a build machine can fetch: trivy-db FOLDER [AGE-IN-HOURS].
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/aquasecurity/trivy-db/pkg/db"
	"github.com/aquasecurity/trivy-db/pkg/metadata"
	"github.com/aquasecurity/trivy-db/pkg/types"
	bolt "go.etcd.io/bbolt"
)

const (
	source = "npm::GitHub Security Advisory npm"
	id     = "CVE-2099-0001"
)

func write(folder string, age time.Duration) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := db.Init(folder); err != nil {
		return err
	}
	defer db.Close()
	store := db.Config{}
	err := store.BatchUpdate(func(tx *bolt.Tx) error {
		if err := store.PutDataSource(tx, source, types.DataSource{ID: "ghsa", Name: "GitHub Security Advisory npm"}); err != nil {
			return err
		}
		advisory := types.Advisory{VulnerableVersions: []string{"<1.2.0"}, PatchedVersions: []string{"1.2.0"}}
		if err := store.PutAdvisoryDetail(tx, id, "left-pad-of-the-tests", []string{source}, advisory); err != nil {
			return err
		}
		if err := store.PutVulnerabilityID(tx, id); err != nil {
			return err
		}
		return store.PutVulnerability(tx, id, types.Vulnerability{
			Title:          "pads on the wrong side",
			Severity:       types.SeverityCritical.String(),
			VendorSeverity: types.VendorSeverity{"ghsa": types.SeverityCritical},
		})
	})
	if err != nil {
		return err
	}
	made := time.Now().UTC().Add(-age)
	return metadata.NewClient(folder).Update(metadata.Metadata{
		Version:    db.SchemaVersion,
		UpdatedAt:  made,
		NextUpdate: made.Add(24 * 365 * time.Hour),
	})
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: trivy-db FOLDER [AGE-IN-HOURS]")
		os.Exit(2)
	}
	hours := 0
	if len(os.Args) > 2 {
		var err error
		if hours, err = strconv.Atoi(os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, "trivy-db: no number of hours:", os.Args[2])
			os.Exit(2)
		}
	}
	if err := write(filepath.Join(os.Args[1], "db"), time.Duration(hours)*time.Hour); err != nil {
		fmt.Fprintln(os.Stderr, "trivy-db:", err)
		os.Exit(1)
	}
}
